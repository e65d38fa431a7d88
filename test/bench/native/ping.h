// A connection over which one byte at a time goes there and back.
#ifndef BENCH_PING_H
#define BENCH_PING_H

#include <stdint.h>

struct ping {
  int fd;
  uint64_t sent_ns;
  // True from the opening or sending to the answer.
  int is_waiting;
};

enum ping_result { PING_WAITS, PING_ANSWERED, PING_FAILED };

// Starts to connect, and waits in the epoll set until it can send. False where that fails at once.
int ping_open(struct ping *ping, int epoll, int port);

// Sends one byte. False where that fails.
int ping_send(struct ping *ping);

// Does what an event of the epoll set asks for: the first byte once connected, or the reading of an answer.
enum ping_result ping_event(struct ping *ping, int epoll, uint32_t events);

#endif
