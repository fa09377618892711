#ifndef OSONG_CZLIB_SHIM_H
#define OSONG_CZLIB_SHIM_H

#include <zlib.h>

/* zlib's initialisers are macros, which Swift cannot see. */

/* Starts a gzip decoder: 15 is the largest window, 16 asks for gzip's header and checksum. */
static inline int czlib_begin_gunzip(z_stream *stream) {
  return inflateInit2(stream, 15 + 16);
}

/* Starts a gzip encoder; 8 is zlib's default memory level. */
static inline int czlib_begin_gzip(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif
