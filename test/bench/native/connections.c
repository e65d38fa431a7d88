#include "common.h"
#include "load.h"
#include "ping.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

// The sink closes after its answer and so do we, without waiting for each other: a proxy that knows no half-close
// would otherwise be measured by its time-outs.
void measure_connections(const struct options *options) {
  struct epoll_event events[256];
  struct ping *pings = calloc((size_t)options->count, sizeof *pings);
  int epoll = epoll_create1(0);
  uint64_t all = 0, early = 0, failed = 0, begun = 0, now = now_ns();
  uint64_t begin = now + (uint64_t)(options->warm_up_seconds * 1e9);
  uint64_t end = begin + (uint64_t)(options->seconds * 1e9);
  for (int index = 0; index < options->count; index += 1) {
    if (!ping_open(&pings[index], epoll, options->port)) die("connect");
  }
  while (now < end) {
    int count = epoll_wait(epoll, events, 256, 100);
    for (int index = 0; index < count; index += 1) {
      struct ping *ping = events[index].data.ptr;
      enum ping_result result = ping_event(ping, epoll, events[index].events);
      if (result == PING_WAITS) continue;
      if (result == PING_ANSWERED) all += 1;
      else failed += 1;
      close(ping->fd);
      if (!ping_open(ping, epoll, options->port)) die("connect");
    }
    now = now_ns();
    if (begun == 0 && now >= begin) {
      begun = now;
      early = all;
    }
  }
  printf("{\"connections\":%llu,\"seconds\":%.6f,\"allConnections\":%llu,\"failed\":%llu}\n",
         (unsigned long long)(all - early), (double)(now - begun) / 1e9, (unsigned long long)all,
         (unsigned long long)failed);
}
