// The C face of libpq, PostgreSQL's client library. Nothing else.
#ifndef CPOSTGRES_SHIM_H
#define CPOSTGRES_SHIM_H

#include <libpq-fe.h>

#endif
