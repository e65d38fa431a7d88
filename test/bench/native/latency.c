#include "common.h"
#include "load.h"
#include "ping.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>

struct samples {
  uint32_t *ns;
  size_t used, room;
};

static void add(struct samples *samples, uint64_t ns) {
  if (samples->used == samples->room) {
    samples->room = samples->room ? samples->room * 2 : 1 << 16;
    samples->ns = realloc(samples->ns, samples->room * sizeof *samples->ns);
    if (samples->ns == NULL) die("memory");
  }
  samples->ns[samples->used++] = ns > UINT32_MAX ? UINT32_MAX : (uint32_t)ns;
}

static int compare(const void *a, const void *b) {
  uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
  return (left > right) - (left < right);
}

static double percentile_us(const struct samples *samples, double share) {
  return samples->used == 0 ? 0 : samples->ns[(size_t)((double)(samples->used - 1) * share)] / 1e3;
}

void measure_latency(const struct options *options) {
  struct epoll_event events[256];
  struct samples samples = {0};
  struct ping *pings = calloc((size_t)options->count, sizeof *pings);
  int epoll = epoll_create1(0);
  int broken = 0;
  uint64_t now = now_ns();
  uint64_t begin = now + (uint64_t)(options->warm_up_seconds * 1e9);
  uint64_t end = begin + (uint64_t)(options->seconds * 1e9);
  for (int index = 0; index < options->count; index += 1) {
    if (!ping_open(&pings[index], epoll, options->port)) die("connect");
  }
  while (now < end && broken < options->count) {
    int count = epoll_wait(epoll, events, 256, 100);
    for (int index = 0; index < count; index += 1) {
      struct ping *ping = events[index].data.ptr;
      enum ping_result result = ping_event(ping, epoll, events[index].events);
      if (result == PING_ANSWERED) {
        now = now_ns();
        if (ping->sent_ns >= begin) add(&samples, now - ping->sent_ns);
        if (!ping_send(ping)) result = PING_FAILED;
      }
      if (result != PING_FAILED) continue;
      broken += 1;
      epoll_ctl(epoll, EPOLL_CTL_DEL, ping->fd, NULL);
    }
    now = now_ns();
  }
  qsort(samples.ns, samples.used, sizeof *samples.ns, compare);
  printf("{\"samples\":%zu,\"p50Us\":%.1f,\"p99Us\":%.1f,\"maxUs\":%.1f,\"broken\":%d}\n", samples.used,
         percentile_us(&samples, 0.5), percentile_us(&samples, 0.99), percentile_us(&samples, 1), broken);
}
