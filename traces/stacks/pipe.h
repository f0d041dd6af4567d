/* The packet pipe, as every harness here speaks it: two bytes of length, the higher first, and a packet of IPv4. docs/packet-pipe.md */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* All of it, or 0 where the other end has gone. */
static int pipe_read_all(int fd, uint8_t *to, size_t n) {
  while (n > 0) {
    ssize_t got = read(fd, to, n);
    if (got <= 0) return 0;
    to += got;
    n -= (size_t)got;
  }
  return 1;
}

/* The next packet of the suite: its length, or 0 at the end. `to` has room for 65535 bytes. */
static inline size_t pipe_read(uint8_t *to) {
  uint8_t head[2];
  size_t n;
  if (!pipe_read_all(0, head, 2)) return 0;
  n = (size_t)head[0] << 8 | head[1];
  return pipe_read_all(0, to, n) ? n : 0;
}

/* A packet for the suite, in one write: shorter than a pipe's buffer, so that no other comes between. */
static inline void pipe_write(const uint8_t *packet, size_t n) {
  uint8_t whole[2 + 65535];
  whole[0] = (uint8_t)(n >> 8);
  whole[1] = (uint8_t)n;
  for (size_t i = 0; i < n; i++) whole[2 + i] = packet[i];
  for (size_t at = 0; at < n + 2;) {
    ssize_t put = write(1, whole + at, n + 2 - at);
    if (put <= 0) exit(0);
    at += (size_t)put;
  }
}

static inline const char *pipe_environment(const char *name, const char *otherwise) {
  const char *value = getenv(name);
  return value != NULL ? value : otherwise;
}
