// The load generator's benchmarks, one file each. Each prints one line of JSON per result.
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

struct options {
  int port;
  // Streams, clients, connections at once or connections in all.
  int count;
  double seconds;
  // Left out of the result, before `seconds` begin.
  double warm_up_seconds;
  int is_up;
};

// Bytes per second over `count` streams that only write (up) or only read (down).
void measure_throughput(const struct options *options);

// Connections per second: connect, one byte, the answer, close; `count` of them at any time.
void measure_connections(const struct options *options);

// Round trips of one byte over `count` connections, each with one byte under way at any time.
void measure_latency(const struct options *options);

// Opens `count` connections and keeps them; a line on stdin asks whether all still work, the end of stdin ends it.
void hold_idle(const struct options *options);

// Tries to connect until a byte has come back, and prints when that was.
void await_first(const struct options *options);

#endif
