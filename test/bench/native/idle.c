#include "common.h"
#include "load.h"
#include "ping.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

// Connections that are being opened at any time: a listener's queue holds no more everywhere.
enum { AT_ONCE = 128 };

enum { PATIENCE_MS = 10000 };

// Waits until no more than `until` answers are outstanding; the number of those that came. Where nothing comes for
// too long, *outstanding stays above `until`.
static int collect(int epoll, int *outstanding, int until) {
  struct epoll_event events[256];
  int answered = 0;
  while (*outstanding > until) {
    int count = epoll_wait(epoll, events, 256, PATIENCE_MS);
    if (count <= 0) return answered;
    for (int index = 0; index < count; index += 1) {
      struct ping *ping = events[index].data.ptr;
      // One that breaks while it is idle was not waited for.
      int was_waiting = ping->is_waiting;
      enum ping_result result = ping_event(ping, epoll, events[index].events);
      if (result == PING_WAITS) continue;
      if (was_waiting) *outstanding -= 1;
      if (result == PING_ANSWERED) {
        answered += 1;
        continue;
      }
      close(ping->fd);
      ping->fd = -1;
    }
  }
  return answered;
}

static int open_all(struct ping *pings, int epoll, const struct options *options) {
  int outstanding = 0, answered = 0;
  for (int index = 0; index < options->count; index += 1) {
    if (!ping_open(&pings[index], epoll, options->port)) die("connect");
    outstanding += 1;
    answered += collect(epoll, &outstanding, AT_ONCE - 1);
    if (outstanding >= AT_ONCE) {
      for (index += 1; index < options->count; index += 1) pings[index].fd = -1;
      return answered;
    }
  }
  return answered + collect(epoll, &outstanding, 0);
}

// Sends a byte through each connection that has not failed.
static int check_all(struct ping *pings, int epoll, int count) {
  int outstanding = 0, answered = 0;
  for (int index = 0; index < count; index += 1) {
    if (pings[index].fd < 0 || !ping_send(&pings[index])) continue;
    outstanding += 1;
    answered += collect(epoll, &outstanding, AT_ONCE - 1);
    if (outstanding >= AT_ONCE) return answered;
  }
  return answered + collect(epoll, &outstanding, 0);
}

static void tell(int alive) {
  printf("{\"alive\":%d}\n", alive);
  fflush(stdout);
}

void hold_idle(const struct options *options) {
  struct ping *pings = calloc((size_t)options->count, sizeof *pings);
  int epoll = epoll_create1(0);
  char line[16];
  if (pings == NULL) die("memory");
  tell(open_all(pings, epoll, options));
  while (fgets(line, sizeof line, stdin)) tell(check_all(pings, epoll, options->count));
}
