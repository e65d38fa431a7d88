#include "common.h"
#include "load.h"
#include "ping.h"

#include <stdio.h>
#include <sys/epoll.h>
#include <unistd.h>

static int is_served(int port) {
  struct epoll_event event;
  struct ping ping;
  int epoll = epoll_create1(0);
  enum ping_result result = ping_open(&ping, epoll, port) ? PING_WAITS : PING_FAILED;
  while (result == PING_WAITS && epoll_wait(epoll, &event, 1, 1000) == 1) {
    result = ping_event(&ping, epoll, event.events);
  }
  if (ping.fd >= 0) close(ping.fd);
  close(epoll);
  return result == PING_ANSWERED;
}

void await_first(const struct options *options) {
  uint64_t end = now_ns() + (uint64_t)(options->seconds * 1e9);
  while (!is_served(options->port)) {
    if (now_ns() > end) die("nothing was served on port %d within %.0f s", options->port, options->seconds);
    usleep(500);
  }
  printf("{\"servedAtNs\":%llu}\n", (unsigned long long)now_ns());
}
