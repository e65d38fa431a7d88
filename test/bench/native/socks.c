#include "socks.h"

#include <string.h>

static const struct answer incomplete = {.length = 0, .port = 0};
static const struct answer nonsense = {.length = 0, .port = -1};

static struct answer answer_with(const void *bytes, size_t length, int port) {
  struct answer answer = {.length = length, .port = port};
  memcpy(answer.bytes, bytes, length);
  return answer;
}

static void consume(struct handshake *handshake, size_t length) {
  handshake->used -= length;
  memmove(handshake->bytes, handshake->bytes + length, handshake->used);
}

// VN, CD, port, address, user id, NUL; 4a adds a name and NUL where the address is 0.0.0.x.
static struct answer socks4(struct handshake *handshake) {
  static const unsigned char granted[8] = {0, 0x5a};
  const unsigned char *in = handshake->bytes;
  if (handshake->used < 9) return incomplete;
  int names = 1 + (in[4] == 0 && in[5] == 0 && in[6] == 0 && in[7] != 0);
  size_t at = 8;
  for (; names > 0; names -= 1) {
    const unsigned char *end = memchr(in + at, 0, handshake->used - at);
    if (end == NULL) return incomplete;
    at = (size_t)(end - in) + 1;
  }
  int port = in[2] << 8 | in[3];
  consume(handshake, at);
  return answer_with(granted, sizeof granted, port);
}

// VER, NMETHODS, METHODS.
static struct answer greet(struct handshake *handshake) {
  static const unsigned char no_login[2] = {5, 0};
  size_t length = 2 + (size_t)handshake->bytes[1];
  if (handshake->used < length) return incomplete;
  consume(handshake, length);
  handshake->is_greeted = 1;
  return answer_with(no_login, sizeof no_login, 0);
}

// VER, CMD, RSV, ATYP, address, port.
static struct answer socks5(struct handshake *handshake) {
  static const unsigned char granted[10] = {5, 0, 0, 1};
  const unsigned char *in = handshake->bytes;
  if (!handshake->is_greeted) return handshake->used < 2 ? incomplete : greet(handshake);
  if (handshake->used < 5) return incomplete;
  size_t address = in[3] == 1 ? 4 : in[3] == 4 ? 16 : 1 + (size_t)in[4];
  size_t length = 4 + address + 2;
  if (handshake->used < length) return incomplete;
  int port = in[length - 2] << 8 | in[length - 1];
  consume(handshake, length);
  return answer_with(granted, sizeof granted, port);
}

struct answer socks_step(struct handshake *handshake) {
  if (handshake->used == 0) return incomplete;
  if (handshake->bytes[0] == 4) return socks4(handshake);
  if (handshake->bytes[0] == 5) return socks5(handshake);
  return nonsense;
}
