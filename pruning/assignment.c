/* Longest augmenting paths: see assignment.h.
 *
 * One channel is added at a time. It takes a place of a pattern; where that is full, a channel which has one moves to another
 * pattern, and so on until a pattern has room. Of all such chains the one that gains most is taken, so that after k
 * steps the assignment is the best one of k channels. A chain is a path in a graph whose nodes are the patterns, found by
 * relaxing (no cycle gains, since the assignment was the best). The first steps need no chains. Cost: channels x patterns + patterns^2 x relaxations, each step. */
#include "pruning/assignment.h"

#include <math.h>

#include "pruning/kernels.h"

static const double huge = 1e300; /* stands for what is not finite, so that differences have a meaning */

typedef struct assignment {
  const double *energy;
  size_t channels, patterns;
  int *choice;
  size_t *room;     /* of each pattern */
  double *reach;    /* the most that a chain which ends at the pattern gains */
  int *before;      /* the pattern before it in that chain; COCO_UNASSIGNED: it is the first */
  size_t *entrant;  /* the unassigned channel of greatest energy */
  double *move;     /* [from][to]: the most that moving a channel gains */
  size_t *mover;    /* [from][to]: which channel that is */
} assignment;

static double energy_at(const assignment *a, size_t channel, size_t pattern) {
  const double value = a->energy[channel * a->patterns + pattern];
  return value < huge ? value : huge;
}

/* The first links of chains, and the moves that may follow. */
static void find_links(assignment *a) {
  for (size_t p = 0; p < a->patterns; ++p) {
    a->reach[p] = -(double)INFINITY;
    a->before[p] = COCO_UNASSIGNED;
    for (size_t q = 0; q < a->patterns; ++q) a->move[p * a->patterns + q] = -(double)INFINITY;
  }
  for (size_t c = 0; c < a->channels; ++c) {
    const int from = a->choice[c];
    for (size_t p = 0; p < a->patterns; ++p) {
      if (from == COCO_UNASSIGNED) {
        if (energy_at(a, c, p) > a->reach[p]) a->reach[p] = energy_at(a, c, p), a->entrant[p] = c;
        continue;
      }
      const size_t link = (size_t)from * a->patterns + p;
      const double gain = energy_at(a, c, p) - energy_at(a, c, (size_t)from);
      if (p != (size_t)from && gain > a->move[link]) a->move[link] = gain, a->mover[link] = c;
    }
  }
}

/* A chain longer than the patterns are many would hold a cycle: rounding alone can make one seem to gain. */
static void relax(assignment *a) {
  bool changed = true;
  for (size_t round = 1; round < a->patterns && changed; ++round) {
    changed = false;
    for (size_t p = 0; p < a->patterns; ++p)
      for (size_t q = 0; q < a->patterns; ++q) {
        const double reach = a->reach[p] + a->move[p * a->patterns + q];
        if (!(reach > a->reach[q])) continue;
        bool cycle = false;
        for (int at = (int)p; at != COCO_UNASSIGNED && !cycle; at = a->before[at]) cycle = (size_t)at == q;
        if (cycle) continue;
        a->reach[q] = reach;
        a->before[q] = (int)p;
        changed = true;
      }
  }
}

/* False: no channel is left, or no pattern has room. */
static bool add_channel(assignment *a) {
  int end = COCO_UNASSIGNED;
  find_links(a);
  relax(a);
  for (size_t p = 0; p < a->patterns; ++p)
    if (a->room[p] && a->reach[p] >= 0 && (end == COCO_UNASSIGNED || a->reach[p] > a->reach[end])) end = (int)p;
  if (end == COCO_UNASSIGNED) return false;
  --a->room[end];
  for (int at = end; at != COCO_UNASSIGNED; at = a->before[at]) {
    const int from = a->before[at];
    const size_t channel = from == COCO_UNASSIGNED ? a->entrant[at] : a->mover[(size_t)from * a->patterns + (size_t)at];
    a->choice[channel] = at;
  }
  return true;
}

/* As long as the next best channel finds room in its best pattern, no better assignment of so many channels exists. */
static void assign_while_there_is_room(assignment *a, coco_ranked *ranked) {
  for (size_t c = 0; c < a->channels; ++c) {
    ranked[c] = (coco_ranked){-1, c};
    for (size_t p = 0; p < a->patterns; ++p)
      if (energy_at(a, c, p) > ranked[c].value) ranked[c].value = energy_at(a, c, p);
  }
  coco_sort_ranked(ranked, a->channels);
  for (size_t i = 0; i < a->channels; ++i) {
    const size_t c = ranked[i].index;
    size_t best = 0;
    while (best < a->patterns && energy_at(a, c, best) < ranked[i].value) ++best;
    if (best == a->patterns || !a->room[best]) return;
    --a->room[best];
    a->choice[c] = (int)best;
  }
}

static coco_status allocate(assignment *a, coco_arena *scratch) {
  const size_t n = a->patterns ? a->patterns : 1;
  a->room = coco_arena_allocate_zeroed(scratch, n, sizeof *a->room);
  a->reach = coco_arena_allocate_zeroed(scratch, n, sizeof *a->reach);
  a->before = coco_arena_allocate_zeroed(scratch, n, sizeof *a->before);
  a->entrant = coco_arena_allocate_zeroed(scratch, n, sizeof *a->entrant);
  a->move = coco_arena_allocate_zeroed(scratch, n * n, sizeof *a->move);
  a->mover = coco_arena_allocate_zeroed(scratch, n * n, sizeof *a->mover);
  return a->room && a->reach && a->before && a->entrant && a->move && a->mover ? COCO_OK : COCO_OUT_OF_MEMORY;
}

coco_status coco_assign_patterns(const double *energy, size_t channels, size_t patterns, const size_t *quotas,
                                 const coco_allocator *allocator, int *choice) {
  assignment a = {.energy = energy, .channels = channels, .patterns = patterns, .choice = choice};
  coco_arena scratch = {.allocator = allocator};
  coco_ranked *ranked = coco_arena_allocate_zeroed(&scratch, channels ? channels : 1, sizeof *ranked);
  coco_status status = ranked ? allocate(&a, &scratch) : COCO_OUT_OF_MEMORY;
  if (status == COCO_OK) {
    for (size_t c = 0; c < channels; ++c) choice[c] = COCO_UNASSIGNED;
    for (size_t p = 0; p < patterns; ++p) a.room[p] = quotas[p];
    assign_while_there_is_room(&a, ranked);
    while (add_channel(&a)) continue;
  }
  coco_arena_destroy(&scratch);
  return status;
}
