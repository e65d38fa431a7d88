// What the load generator and the sink share.
#ifndef BENCH_COMMON_H
#define BENCH_COMMON_H

#include <stdint.h>
#include <stddef.h>
#include <sys/types.h>

// As much as one read or write moves. Larger than a socket's usual fill, small enough for the processor's cache.
enum { CHUNK = 256 * 1024 };

// Ends the program with a message and, where there is one, the system's error.
__attribute__((noreturn, format(printf, 1, 2))) void die(const char *format, ...);

// CLOCK_MONOTONIC, in nanoseconds: the clock of Node's process.hrtime.
uint64_t now_ns(void);

// As many open files as this process may have.
void raise_file_limit(void);

// Adds a descriptor to an epoll set, or changes what is waited for.
void watch(int epoll, int fd, uint32_t events, void *data);
void rewatch(int epoll, int fd, uint32_t events, void *data);

// A listening socket on 127.0.0.1; port 0 picks one, which is stored in *port.
int listen_on(int *port);

// A socket that is connecting, without blocking, to 127.0.0.1; -1 where the system refuses at once.
int connect_to(int port);

// True where a call on a non-blocking descriptor only has to be repeated later.
int must_wait(void);

// Like recv, of bytes that nobody looks at: the system throws them away without a copy (tcp(7), MSG_TRUNC), so that the
// receiving end takes as little as it can of the machine that the forwarder is measured on.
ssize_t discard(int fd);

#endif
