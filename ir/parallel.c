/* Work on independent operations by several threads: see parallel.h for what is shared and how.
 *
 * Threads are started for each call, which takes some 50 microseconds, and take the next piece from a counter. */
#include "ir/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct held_event {
  struct held_event *next;
  coco_diagnostic diagnostic; /* when print is NULL */
  void (*print)(void *user, coco_string text);
  void *print_user;
  coco_string text;
} held_event;

typedef struct piece {
  held_event *first, *last;
  coco_status status;
} piece;

enum { RECENT = 512 }; /* entries of the uniquing tables that a thread finds without the lock; a power of two */

typedef struct recent_entry {
  uint64_t hash;
  const void *item;
  coco_unique_equal equal; /* also says of which table it is */
} recent_entry;

typedef struct worker {
  coco_sharing *sharing;
  pthread_t thread;
  size_t number;
  coco_arena arena; /* of the pool */
  coco_pool pool;
  coco_arena held; /* of the events */
  piece *current;
  size_t error_count;
  recent_entry recent[RECENT];
} worker;

struct coco_sharing {
  coco_context *context;
  pthread_mutex_t lock; /* recursive */
  pthread_key_t key;    /* to the thread's worker */
  atomic_size_t next;
  size_t count;
  piece *pieces;
  coco_parallel_function function;
  void *user;
};

static worker *worker_of(const coco_sharing *sharing) { return pthread_getspecific(sharing->key); }

void coco_sharing_enter(coco_sharing *sharing) { pthread_mutex_lock(&sharing->lock); }
void coco_sharing_leave(coco_sharing *sharing) { pthread_mutex_unlock(&sharing->lock); }
coco_pool *coco_sharing_pool(coco_sharing *sharing) { return &worker_of(sharing)->pool; }
size_t coco_sharing_error_count(const coco_sharing *sharing) { return worker_of(sharing)->error_count; }

const void *coco_sharing_recall(coco_sharing *sharing, uint64_t hash, const void *key, coco_unique_equal equal) {
  const recent_entry *entry = &worker_of(sharing)->recent[hash & (RECENT - 1)];
  return entry->item && entry->hash == hash && entry->equal == equal && equal(entry->item, key) ? entry->item : NULL;
}

void coco_sharing_remember(coco_sharing *sharing, uint64_t hash, const void *item, coco_unique_equal equal) {
  worker_of(sharing)->recent[hash & (RECENT - 1)] = (recent_entry){hash, item, equal};
}

static void guard(void *user, bool enters) { (enters ? coco_sharing_enter : coco_sharing_leave)(user); }

/* ---- What is told ---- */

/* A new event of the current piece. NULL: no memory, which the piece's status says. */
static held_event *hold(worker *own) {
  held_event *event = coco_arena_allocate_zeroed(&own->held, 1, sizeof *event);
  if (!event) {
    own->current->status = COCO_OUT_OF_MEMORY;
    return NULL;
  }
  if (own->current->last) own->current->last->next = event;
  else own->current->first = event;
  own->current->last = event;
  return event;
}

void coco_sharing_hold_diagnostic(coco_sharing *sharing, const coco_diagnostic *diagnostic) {
  worker *own = worker_of(sharing);
  own->error_count += diagnostic->severity == COCO_ERROR;
  held_event *event = hold(own);
  if (!event) return;
  coco_diagnostic *notes = coco_arena_copy_bytes(&own->held, diagnostic->notes, diagnostic->note_count * sizeof *notes);
  event->diagnostic = *diagnostic;
  event->diagnostic.message = coco_arena_copy(&own->held, diagnostic->message);
  event->diagnostic.notes = notes;
  bool is_complete = notes && event->diagnostic.message.data;
  for (size_t i = 0; is_complete && i < diagnostic->note_count; ++i) {
    notes[i].message = coco_arena_copy(&own->held, notes[i].message);
    is_complete = notes[i].message.data != NULL;
  }
  if (is_complete) return;
  event->diagnostic.note_count = 0;
  own->current->status = COCO_OUT_OF_MEMORY;
}

void coco_parallel_hold_text(coco_context *context, void (*print)(void *user, coco_string text), void *print_user,
                             coco_string text) {
  worker *own = worker_of(context->sharing);
  held_event *event = hold(own);
  if (!event) return;
  event->print = print;
  event->print_user = print_user;
  event->text = coco_arena_copy(&own->held, text);
  if (!event->text.data) own->current->status = COCO_OUT_OF_MEMORY;
}

/* Hands on what the pieces told, up to the first that failed, and returns its status. */
static coco_status tell(coco_sharing *sharing) {
  for (size_t i = 0; i < sharing->count; ++i) {
    const piece *told = &sharing->pieces[i];
    for (const held_event *event = told->first; event; event = event->next) {
      if (event->print && event->text.data) event->print(event->print_user, event->text);
      else if (!event->print && event->diagnostic.message.data)
        coco_diagnostic_emit(sharing->context, &event->diagnostic);
    }
    if (told->status != COCO_OK) return told->status;
  }
  return COCO_OK;
}

/* ---- Threads ---- */

static void *work(void *user) {
  worker *own = user;
  coco_sharing *sharing = own->sharing;
  if (pthread_setspecific(sharing->key, own) != 0) return NULL; /* the others do all the work */
  for (;;) {
    size_t index = atomic_fetch_add_explicit(&sharing->next, 1, memory_order_relaxed);
    if (index >= sharing->count) break;
    own->current = &sharing->pieces[index];
    coco_status status = sharing->function(sharing->user, own->number, index);
    if (own->current->status == COCO_OK) own->current->status = status;
  }
  pthread_setspecific(sharing->key, NULL);
  return NULL;
}

/* Whether there is memory for the caller's slot of thread-specific data: it is set before any other thread runs. */
static bool prepare(coco_sharing *sharing, worker *workers, size_t threads) {
  coco_context *context = sharing->context;
  for (size_t i = 0; i < threads; ++i) {
    worker *own = &workers[i];
    own->sharing = sharing;
    own->number = i;
    own->arena.allocator = own->held.allocator = &context->allocator;
    own->pool = (coco_pool){.arena = &own->arena, .home = &context->pool, .guard = guard, .guard_user = sharing};
  }
  return pthread_setspecific(sharing->key, &workers[0]) == 0;
}

static coco_status run_shared(coco_sharing *sharing, worker *workers, size_t threads) {
  coco_context *context = sharing->context;
  if (!prepare(sharing, workers, threads)) return COCO_OUT_OF_MEMORY;
  context->sharing = sharing;
  size_t started = 1; /* the caller's; with fewer than wanted, those that there are do all the work */
  while (started < threads && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0) ++started;
  work(&workers[0]);
  for (size_t i = 1; i < started; ++i) pthread_join(workers[i].thread, NULL);
  context->sharing = NULL;
  for (size_t i = 0; i < started; ++i) {
    coco_pool_take_over(&context->pool, &workers[i].pool);
    coco_arena_take_over(&context->arena, &workers[i].arena);
  }
  coco_status status = tell(sharing);
  for (size_t i = 0; i < started; ++i) coco_arena_destroy(&workers[i].held);
  return status;
}

static bool make_lock(pthread_mutex_t *lock) {
  pthread_mutexattr_t attributes;
  if (pthread_mutexattr_init(&attributes) != 0) return false;
  bool is_made = pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE) == 0 &&
                 pthread_mutex_init(lock, &attributes) == 0;
  pthread_mutexattr_destroy(&attributes);
  return is_made;
}

coco_status coco_context_run_parallel(coco_context *context, size_t threads, size_t count,
                                      coco_parallel_function function, void *user) {
  coco_sharing sharing = {.context = context, .count = count, .function = function, .user = user};
  if (threads > count) threads = count;
  if (threads == 0) return COCO_OK;
  if (!make_lock(&sharing.lock)) return COCO_OUT_OF_MEMORY;
  if (pthread_key_create(&sharing.key, NULL) != 0) {
    pthread_mutex_destroy(&sharing.lock);
    return COCO_OUT_OF_MEMORY;
  }
  worker *workers = coco_allocate_zeroed(&context->allocator, threads, sizeof *workers);
  sharing.pieces = coco_allocate_zeroed(&context->allocator, count, sizeof *sharing.pieces);
  coco_status status = workers && sharing.pieces ? run_shared(&sharing, workers, threads) : COCO_OUT_OF_MEMORY;
  coco_free(&context->allocator, workers, threads * sizeof *workers);
  coco_free(&context->allocator, sharing.pieces, count * sizeof *sharing.pieces);
  pthread_key_delete(sharing.key);
  pthread_mutex_destroy(&sharing.lock);
  return status;
}
