/**
 * @file complaint/actor.h
 * Who asks. Given with every call that reads or changes cases; authenticated by the host, never by the library.
 *
 * Threads: an actor is used by one thread at a time; the calls that take it copy what they need.
 */
#ifndef COMPLAINT_ACTOR_H
#define COMPLAINT_ACTOR_H

#include <complaint/define.h>
#include <complaint/host/allocator.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct complaint_actor complaint_actor;

/** A person, by the host's own id for him (1 to 64 bytes, written into the log as it stands). `allocator` may be NULL. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_actor_new(const complaint_allocator *allocator, const char *id, complaint_actor **actor);
/** Gives him a role of the policy, by code (`officer`, `head`, `unit` ...); at most 8. An unknown code is refused when the actor acts. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_actor_add_role(complaint_actor *actor, const char *role);
/** The unit he belongs to, by the policy's code; what role `unit` sees is decided by it. An unknown code is refused when the actor acts or reads. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_actor_set_unit(complaint_actor *actor, const char *unit);
/** The unit or person on whose behalf he enters something (a result that a unit gave by telephone). */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_actor_set_on_behalf(complaint_actor *actor, const char *on_behalf);
/**
 * The superior in whose place he acts (รักษาการแทน): the host's id of a person, or the code of a role. The code of a role that was given to him has an effect of its own: he asks as that role alone, and sees a case
 * that one of his other roles may not know of because it is concerned itself. The code of a role that is concerned hides the case from him.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_actor_set_acting_for(complaint_actor *actor, const char *acting_for);
/** NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_actor_free(complaint_actor *actor);

#ifdef __cplusplus
}
#endif
#endif
