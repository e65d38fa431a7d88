#include "ping.h"

#include "common.h"

#include <sys/epoll.h>
#include <sys/socket.h>

int ping_open(struct ping *ping, int epoll, int port) {
  ping->sent_ns = 0;
  ping->is_waiting = 1;
  ping->fd = connect_to(port);
  if (ping->fd < 0) return 0;
  watch(epoll, ping->fd, EPOLLOUT, ping);
  return 1;
}

int ping_send(struct ping *ping) {
  ping->sent_ns = now_ns();
  ping->is_waiting = 1;
  return send(ping->fd, "x", 1, MSG_NOSIGNAL) == 1;
}

enum ping_result ping_event(struct ping *ping, int epoll, uint32_t events) {
  char byte;
  if (ping->sent_ns == 0 && events & EPOLLOUT) {
    rewatch(epoll, ping->fd, EPOLLIN, ping);
    return ping_send(ping) ? PING_WAITS : PING_FAILED;
  }
  ssize_t length = recv(ping->fd, &byte, 1, 0);
  if (length < 0 && must_wait()) return PING_WAITS;
  ping->is_waiting = 0;
  return length == 1 ? PING_ANSWERED : PING_FAILED;
}
