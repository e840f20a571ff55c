/**
 * @file complaint.h
 * Everything a host needs: include this one. Each noun has its own header below; docs/guide.md is the way in.
 */
#ifndef COMPLAINT_H
#define COMPLAINT_H

#include <complaint/actor.h>
#include <complaint/archive.h>
#include <complaint/calendar.h>
#include <complaint/classify.h>
#include <complaint/date.h>
#include <complaint/define.h>
#include <complaint/desk.h>
#include <complaint/draft.h>
#include <complaint/error.h>
#include <complaint/host/allocator.h>
#include <complaint/host/clock.h>
#include <complaint/host/evidence.h>
#include <complaint/host/keys.h>
#include <complaint/host/media.h>
#include <complaint/host/notifier.h>
#include <complaint/host/sink.h>
#include <complaint/host/store.h>
#include <complaint/import.h>
#include <complaint/normal.h>
#include <complaint/page.h>
#include <complaint/policy.h>
#include <complaint/redact.h>
#include <complaint/register.h>
#include <complaint/report.h>
#include <complaint/schema.h>
#include <complaint/status.h>
#include <complaint/store/memory.h>
#include <complaint/store/sqlite.h>
#include <complaint/text.h>
#include <complaint/value.h>
#include <complaint/verb.h>
#include <complaint/version.h>

#endif
