// The server's side of SOCKS4, 4a and 5, as far as CONNECT without login goes (RFC 1928).
#ifndef BENCH_SOCKS_H
#define BENCH_SOCKS_H

#include <stddef.h>

struct handshake {
  unsigned char bytes[600];
  size_t used;
  int is_greeted;
};

struct answer {
  // What to send now; none where more must come first.
  unsigned char bytes[16];
  size_t length;
  // The port that was asked for; 0 until the request is complete, -1 for what is not SOCKS.
  int port;
};

// Takes one step of a handshake over the bytes that came so far, and removes those that it used.
struct answer socks_step(struct handshake *handshake);

#endif
