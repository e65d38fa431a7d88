#include "common.h"
#include "load.h"

#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static char chunk[CHUNK];

// One read or write of one stream, so that all get their turn. Negative where the stream is broken.
static ssize_t move(int fd, int is_up) {
  ssize_t length = is_up ? send(fd, chunk, sizeof chunk, MSG_NOSIGNAL) : discard(fd);
  if (length > 0) return length;
  return length < 0 && must_wait() ? 0 : -1;
}

void measure_throughput(const struct options *options) {
  struct epoll_event events[64];
  int epoll = epoll_create1(0);
  int broken = 0;
  uint64_t all_bytes = 0, early_bytes = 0;
  for (int index = 0; index < options->count; index += 1) {
    int fd = connect_to(options->port);
    if (fd < 0) die("connect");
    watch(epoll, fd, options->is_up ? EPOLLOUT : EPOLLIN, (void *)(intptr_t)fd);
  }
  uint64_t started = now_ns();
  uint64_t begin = started + (uint64_t)(options->warm_up_seconds * 1e9);
  uint64_t end = begin + (uint64_t)(options->seconds * 1e9);
  uint64_t begun = 0, now = started;
  while (now < end && broken < options->count) {
    int count = epoll_wait(epoll, events, 64, 100);
    for (int index = 0; index < count; index += 1) {
      int fd = (int)(intptr_t)events[index].data.ptr;
      ssize_t length = move(fd, options->is_up);
      if (length >= 0) {
        all_bytes += (uint64_t)length;
        continue;
      }
      broken += 1;
      close(fd);
    }
    now = now_ns();
    if (begun == 0 && now >= begin) {
      begun = now;
      early_bytes = all_bytes;
    }
  }
  double seconds = begun == 0 ? 0 : (double)(now - begun) / 1e9;
  printf("{\"bytes\":%llu,\"seconds\":%.6f,\"allBytes\":%llu,\"broken\":%d}\n",
         (unsigned long long)(all_bytes - early_bytes), seconds, (unsigned long long)all_bytes, broken);
}
