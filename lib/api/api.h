/*
 * api: the public calls. One thin file per public header: guard, unpack, call, record the error.
 *
 * Owns: what a bad handle and a call from inside a callback answer. Must not know: anything else.
 */
#ifndef CPL_API_H
#define CPL_API_H

#include "desk/desk.h"

/* E_HANDLE for what is no desk, E_REENTRANT from inside one of its callbacks (the outer call's error is left alone), else COMPLAINT_OK with a clean error. */
complaint_status cpl_enter(complaint_desk *d);

#endif
