from blinker import Signal

initialized: Signal
get_generators: Signal
readers_init: Signal
generator_init: Signal
article_generator_init: Signal
article_generator_finalized: Signal
content_written: Signal
get_writer: Signal
feed_generated: Signal
feed_written: Signal
finalized: Signal
