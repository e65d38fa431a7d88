// A SOCKS server that is its own destination: what a connection meets is chosen by the port that it asks for, so that
// a benchmark needs no third process behind the proxy. Each service also has a plain port, to be reached directly.
//
// Prints one line of JSON with all ports, then serves until it is killed.
#define _GNU_SOURCE
#include "common.h"
#include "socks.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

// The last two digits of the port asked for; the numbers are those of the Internet's oldest services.
enum service {
  ECHO = 7,      // sends back what comes
  DISCARD = 9,   // reads for ever
  ANSWER = 13,   // sends back what comes first, and closes
  SOURCE = 19,   // writes for ever
  HANDSHAKE = 0, // not known yet: speaks SOCKS first
};

struct connection {
  int fd;
  int is_listener;
  enum service service;
  struct handshake *handshake;
};

static char chunk[CHUNK];
static int epoll;

static void add(int fd, int is_listener, enum service service) {
  struct connection *connection = calloc(1, sizeof *connection);
  if (connection == NULL) die("memory");
  *connection = (struct connection){.fd = fd, .is_listener = is_listener, .service = service};
  if (!is_listener && service == HANDSHAKE) connection->handshake = calloc(1, sizeof(struct handshake));
  watch(epoll, fd, service == SOURCE && !is_listener ? EPOLLIN | EPOLLOUT : EPOLLIN, connection);
}

static void drop(struct connection *connection) {
  close(connection->fd);
  free(connection->handshake);
  free(connection);
}

static void accept_all(const struct connection *listener) {
  for (;;) {
    int one = 1;
    int fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0 && must_wait()) return;
    if (fd < 0) die("accept");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    add(fd, 0, listener->service);
  }
}

// Each of the following returns 0 where the connection is over.

static int serve_bytes(struct connection *connection, const char *bytes, size_t length) {
  if (connection->service != ECHO && connection->service != ANSWER) return 1;
  // Pings are a few bytes: a socket that can't take them at once is not worth a queue here.
  if (send(connection->fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length) return 0;
  return connection->service == ECHO;
}

static int shake_hands(struct connection *connection, const char *bytes, size_t length) {
  struct handshake *handshake = connection->handshake;
  if (handshake->used + length > sizeof handshake->bytes) return 0;
  memcpy(handshake->bytes + handshake->used, bytes, length);
  handshake->used += length;
  for (;;) {
    struct answer answer = socks_step(handshake);
    if (answer.port < 0) return 0;
    if (answer.length == 0) return 1;
    if (send(connection->fd, answer.bytes, answer.length, MSG_NOSIGNAL) < 0) return 0;
    if (answer.port > 0) {
      connection->service = answer.port % 100;
      break;
    }
  }
  if (connection->service == SOURCE) rewatch(epoll, connection->fd, EPOLLIN | EPOLLOUT, connection);
  int goes_on = handshake->used == 0 || serve_bytes(connection, (char *)handshake->bytes, handshake->used);
  free(handshake);
  connection->handshake = NULL;
  return goes_on;
}

static int on_readable(struct connection *connection) {
  ssize_t length =
      connection->service == DISCARD ? discard(connection->fd) : recv(connection->fd, chunk, sizeof chunk, 0);
  if (length < 0) return must_wait();
  if (length == 0) return 0;
  if (connection->handshake) return shake_hands(connection, chunk, (size_t)length);
  return serve_bytes(connection, chunk, (size_t)length);
}

static int on_writable(struct connection *connection) {
  return send(connection->fd, chunk, sizeof chunk, MSG_NOSIGNAL) >= 0 || must_wait();
}

static void on_event(const struct epoll_event *event) {
  struct connection *connection = event->data.ptr;
  if (connection->is_listener) {
    accept_all(connection);
    return;
  }
  int goes_on = 1;
  if (event->events & (EPOLLIN | EPOLLERR | EPOLLHUP)) goes_on = on_readable(connection);
  if (goes_on && event->events & EPOLLOUT) goes_on = on_writable(connection);
  if (!goes_on) drop(connection);
}

static int open_port(enum service service) {
  int port = 0;
  add(listen_on(&port), 1, service);
  return port;
}

int main(void) {
  struct epoll_event events[256];
  signal(SIGPIPE, SIG_IGN);
  raise_file_limit();
  epoll = epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) die("epoll_create1");
  printf("{\"socks\":%d,\"echo\":%d,\"discard\":%d,\"answer\":%d,\"source\":%d}\n", open_port(HANDSHAKE),
         open_port(ECHO), open_port(DISCARD), open_port(ANSWER), open_port(SOURCE));
  fflush(stdout);
  for (;;) {
    int count = epoll_wait(epoll, events, 256, -1);
    if (count < 0 && errno != EINTR) die("epoll_wait");
    for (int index = 0; index < count; index += 1) on_event(&events[index]);
  }
}
