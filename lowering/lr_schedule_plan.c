/* Which way each layer of a block goes, and in which form each value lies: chosen together, changes of layout counted.
 *
 * Operations are taken in their order. A state says in which forms the values that are still to be read exist; from
 * each state each way of the next operation leads to another, at the cost of the way and of the changes of layout that
 * its operands need. A change of layout is paid once for all readers of the form. Of states that differ in nothing, the
 * cheapest stays; a state also goes when another could be turned into it, by changes of layout, for no more than it
 * costs: neither loses the best plan. Only when more than BEAM states are left are the dearest forgotten. Chains, and
 * joins of few branches, are thus solved exactly. The order of ties is fixed, so that the plan depends on nothing else.
 *
 * Values that are no images have one form and do not count. Borders are forms of their own, wide enough for all who
 * read them. Cost: O(operations * BEAM * ways * values alive). */
#include "dialects/lr/lr.h"
#include "dialects/lr/pattern.h"
#include "lowering/lr_schedule.h"

enum { BEAM = 64, WITNESSES = 8, WAYS = 4 * COCO_SCHEDULE_CHOICES, BORDER_STORE = 2 };

typedef struct value_info {
  coco_value *value;
  size_t slot;              /* where states keep its forms, while it is alive */
  uint32_t readers;         /* operands still to be read */
  uint8_t wanted;           /* forms that some way of some reader takes */
  double ahead[COCO_FORMS]; /* what a reader will pay at least where it is in this form alone */
  bool fixed;               /* its type stays */
} value_info;

typedef struct step {
  coco_operation *operation;
  coco_schedule_choice *choices;
  size_t choice_count;
  struct {
    uint32_t parent;
    uint16_t choice;
  } * kept; /* the states after it, cheapest first */
  size_t kept_count;
} step;

typedef struct state {
  double cycles;
  double outlook; /* cycles, and what the next readers will pay at least: states are judged by it */
  uint32_t parent;
  uint16_t choice;
  uint8_t *forms; /* by slot: bits */
} state;

typedef struct planner {
  const coco_schedule_freedom *freedom;
  const coco_schedule_figures *figures;
  coco_arena *arena;      /* of the plan */
  coco_pointer_map infos; /* value -> value_info */
  step *steps;
  size_t step_count;
  value_info **slots; /* by slot: the value alive there, or NULL */
  size_t slot_count, slots_used;
  state *now, *next;
  size_t now_count, next_count;
} planner;

static uint8_t bit(coco_schedule_form form) { return (uint8_t)(1u << form); }

static bool is_counted(const coco_value *value) {
  return coco_type_is(value->type, COCO_TYPE_TENSOR) && value->type->rank == 4 && !coco_value_constant(value);
}

static value_info *info_of(const planner *plan, const coco_value *value) {
  return is_counted(value) ? coco_pointer_map_get(&plan->infos, value) : NULL;
}

/* ---- Reading ---- */

/* The cheapest change of layout that makes FORM of what there is in FORMS; 0: it is there. */
static double making_cycles(const planner *plan, const coco_value *value, uint8_t forms, coco_schedule_form form) {
  double least = 0;
  bool found = false;
  if (forms & bit(form)) return 0;
  for (int from = 0; from < COCO_FORMS; ++from) {
    if (!(forms & bit((coco_schedule_form)from))) continue;
    double cycles = coco_schedule_relayout_cycles(plan->figures, value->type, (coco_schedule_form)from, form);
    if (found && cycles >= least) continue;
    least = cycles;
    found = true;
  }
  return least;
}

static coco_schedule_form bordered(coco_schedule_form form) {
  if (form == COCO_FORM_PLANES) return COCO_FORM_BORDERED_PLANES;
  return form == COCO_FORM_BLOCKS ? COCO_FORM_BORDERED_BLOCKS : form;
}

/* Whether the layout that INFO's value came with holds the border that operand 0 of a convolution needs. */
static bool border_suffices(const value_info *info, const coco_operation *conv, const coco_schedule_choice *choice) {
  int64_t needed[4];
  coco_lr_layout_info given = coco_lr_layout_of(info->value->type);
  coco_schedule_halo(conv, choice, needed);
  for (size_t i = 0; i < 4; ++i) {
    if (given.halo[i] < needed[i]) return false;
  }
  return true;
}

/* Patches of a value and of who reads it may be cut otherwise. */
static bool patches_fit(const value_info *info, const coco_operation *reader) {
  coco_lr_layout_info wanted, ignored, given;
  if (!coco_lr_takes_patches(reader) || !coco_schedule_patches(reader, &wanted, &ignored))
    return true;
  const coco_operation *producer = coco_value_operation(info->value);
  if (info->fixed)
    given = coco_lr_layout_of(info->value->type);
  else if (!coco_lr_takes_patches(producer) || !coco_schedule_patches(producer, &ignored, &given))
    return true;
  return coco_lr_layout_same_patches(&given, &wanted);
}

/* What operand INDEX costs OPERATION under CHOICE; the form that is made for it is there from then on. */
static double read_operand(const planner *plan, coco_operation *operation, const coco_schedule_choice *choice,
                           uint32_t index, uint8_t *forms) {
  value_info *info = info_of(plan, coco_operation_operand(operation, index));
  if (!info) return 0;
  bool borders = false;
  const coco_type *fixed = coco_schedule_fixed_type(operation, index);
  bool relayout = coco_operation_is(operation, &coco_lr_relayout);
  if (relayout) fixed = coco_operation_result(operation, 0)->type;
  coco_schedule_form form =
      fixed ? coco_schedule_form_of(fixed) : coco_schedule_operand_form(operation, choice, index, &borders);
  uint8_t *have = &forms[info->slot];
  if (borders && form != bordered(form) && (*have & bit(bordered(form)))) return 0;
  bool as_given = *have & bit(form);
  bool is_conv = coco_operation_is(operation, &coco_lr_conv) || coco_operation_is(operation, &coco_lr_block_conv);
  if (as_given && index == 0 && info->fixed && is_conv && form == bordered(form))
    as_given = border_suffices(info, operation, choice);
  if (as_given && form == COCO_FORM_PATCHES && !patches_fit(info, operation)) as_given = false;
  if (as_given) return 0;
  double cycles = *have & bit(form) ? coco_schedule_relayout_cycles(plan->figures, info->value->type, form, form)
                                    : making_cycles(plan, info->value, *have, form);
  if (!relayout) *have |= bit(form);
  return cycles;
}

/* ---- Steps ---- */

/* Whether a layer that goes this way can write a border around its result. */
static bool can_have_border(const coco_schedule_choice *choice) {
  if (choice->output == COCO_FORM_BLOCKS) return choice->way != COCO_WAY_GEMM;
  return choice->output == COCO_FORM_PLANES && choice->way == COCO_WAY_ROWS;
}

static double border_cycles(const planner *plan, const coco_type *type, coco_schedule_form form) {
  double edge = 2 * (double)type->shape[0] * (double)(type->shape[2] + type->shape[3]);
  double planes = form == COCO_FORM_BORDERED_BLOCKS ? (double)coco_ceil_divide(type->shape[1], COCO_LR_LANES)
                                                    : (double)type->shape[1];
  return edge * planes * BORDER_STORE + (double)plan->figures->barrier_cycles / 4;
}

/* The ways of an operation, those with borders beside them where a reader wants one. */
static coco_status find_ways(planner *plan, step *at, const coco_schedule_choice *ways, size_t count) {
  const value_info *made =
      at->operation->result_count == 1 ? info_of(plan, coco_operation_result(at->operation, 0)) : NULL;
  coco_schedule_choice *all = coco_arena_allocate(plan->arena, 2 * count * sizeof *all);
  if (!all) return COCO_OUT_OF_MEMORY;
  at->choices = all;
  for (size_t i = 0; i < count; ++i) {
    all[at->choice_count++] = ways[i];
    coco_schedule_form form = bordered(ways[i].output);
    if (!made || made->fixed || !(made->wanted & bit(form)) || !can_have_border(&ways[i])) continue;
    coco_schedule_choice *with = &all[at->choice_count++];
    *with = ways[i];
    with->output = form;
    with->cycles += border_cycles(plan, made->value->type, form);
  }
  return COCO_OK;
}

static bool keeps_type(const coco_operation *operation) {
  return operation->definition->dialect != &coco_lr_dialect || operation->result_count != 1 ||
         coco_operation_is(operation, &coco_lr_relayout) || coco_operation_is(operation, &coco_lr_chain);
}

static coco_status add_value(planner *plan, coco_value *value, bool fixed) {
  if (!is_counted(value)) return COCO_OK;
  value_info *info = coco_arena_allocate_zeroed(plan->arena, 1, sizeof *info);
  if (!info) return COCO_OUT_OF_MEMORY;
  *info = (value_info){.value = value, .fixed = fixed};
  return coco_pointer_map_set(&plan->infos, value, info);
}

/* Values and their readers. */
static coco_status count_values(planner *plan, const coco_block *block) {
  for (uint32_t i = 0; i < block->argument_count; ++i) COCO_TRY(add_value(plan, block->arguments[i], true));
  for (coco_operation *operation = block->first; operation; operation = operation->next) {
    ++plan->step_count;
    for (uint32_t i = 0; i < operation->operand_count; ++i) {
      value_info *info = info_of(plan, coco_operation_operand(operation, i));
      if (info) ++info->readers;
    }
    for (uint32_t i = 0; i < operation->result_count; ++i)
      COCO_TRY(add_value(plan, coco_operation_result(operation, i), keeps_type(operation)));
  }
  return COCO_OK;
}

/* Whose operands a way reads. */
static coco_operation *reader_of(coco_operation *operation, const coco_schedule_choice *way) {
  return way->dense ? way->dense : operation;
}

static void want(const planner *plan, coco_operation *layer, const coco_schedule_choice *ways, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    coco_operation *operation = reader_of(layer, &ways[i]);
    for (uint32_t j = 0; j < operation->operand_count; ++j) {
      bool borders;
      value_info *info = info_of(plan, coco_operation_operand(operation, j));
      if (info) info->wanted |= bit(coco_schedule_operand_form(operation, &ways[i], j, &borders));
    }
  }
}

/* The ways of a layer, and those of its dense form. */
static coco_status list_ways(const planner *plan, coco_operation *operation, coco_schedule_plan *to,
                             coco_schedule_choice *ways, size_t *out_count) {
  coco_schedule_pair pair = {.layer = operation};
  if (plan->freedom->sparse != COCO_SPARSE_ALL) COCO_TRY(coco_schedule_dense_build(operation, &pair.dense));
  if (!pair.dense) {
    *out_count = coco_schedule_choices(operation, plan->freedom, ways);
    return COCO_OK;
  }
  *out_count = coco_schedule_pair_ways(&pair, plan->freedom, ways);
  const coco_status status = coco_vector_push(plan->infos.allocator, &to->pairs, pair);
  if (status != COCO_OK) coco_schedule_dense_erase(pair.dense);
  return status;
}

static coco_status make_steps(planner *plan, coco_block *block, coco_schedule_plan *to) {
  coco_schedule_choice ways[2 * COCO_SCHEDULE_CHOICES];
  COCO_TRY(count_values(plan, block));
  plan->steps = coco_arena_allocate_zeroed(plan->arena, plan->step_count + 1, sizeof *plan->steps);
  if (!plan->steps) return COCO_OUT_OF_MEMORY;
  step *at = &plan->steps[plan->step_count];
  for (coco_operation *operation = block->last; operation; operation = operation->previous) {
    (--at)->operation = operation;
    size_t count = 1;
    if (keeps_type(operation))
      ways[0] = (coco_schedule_choice){.input = COCO_FORM_PLANES, .output = COCO_FORM_PLANES};
    else
      COCO_TRY(list_ways(plan, operation, to, ways, &count));
    want(plan, operation, ways, count);
    COCO_TRY(find_ways(plan, at, ways, count));
  }
  return COCO_OK;
}

/* ---- States ---- */

/* More room for slots in all states: NOW and NEXT are made anew. */
static coco_status allocate_states(planner *plan, size_t slots) {
  state *made = coco_arena_allocate_zeroed(plan->arena, BEAM * (WAYS + 1), sizeof *made);
  uint8_t *forms = coco_arena_allocate_zeroed(plan->arena, BEAM * (WAYS + 1), slots ? slots : 1);
  plan->slots = coco_arena_allocate_zeroed(plan->arena, slots + 1, sizeof(value_info *));
  if (!made || !forms || !plan->slots) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < BEAM * (WAYS + 1); ++i) made[i].forms = forms + i * slots;
  plan->now = made;
  plan->next = made + BEAM;
  plan->slot_count = slots;
  return COCO_OK;
}

/* What the cheapest reader pays for INFO's value in FORM alone. */
static double cycles_ahead(const planner *plan, const value_info *info, coco_schedule_form form) {
  double least = 0;
  bool found = false;
  if ((info->wanted & bit(form)) || !info->wanted) return 0;
  for (int wanted = 0; wanted < COCO_FORMS; ++wanted) {
    if (!(info->wanted & bit((coco_schedule_form)wanted))) continue;
    if (form == bordered((coco_schedule_form)wanted)) return 0;
    double cycles = coco_schedule_relayout_cycles(plan->figures, info->value->type, form, (coco_schedule_form)wanted);
    if (found && cycles >= least) continue;
    least = cycles;
    found = true;
  }
  return least;
}

static void enter(planner *plan, value_info *info) {
  size_t slot = 0;
  for (int form = 0; form < COCO_FORMS; ++form) info->ahead[form] = cycles_ahead(plan, info, (coco_schedule_form)form);
  while (slot < plan->slots_used && plan->slots[slot]) ++slot;
  if (slot == plan->slots_used) ++plan->slots_used;
  plan->slots[slot] = info;
  info->slot = slot;
}

/* How many values are alive at most. Slots count the readers that are left. */
static size_t most_alive(planner *plan, const coco_block *block) {
  size_t alive = block->argument_count, most = alive;
  for (size_t i = 0; i < plan->step_count; ++i) {
    const coco_operation *operation = plan->steps[i].operation;
    for (uint32_t j = 0; j < operation->operand_count; ++j) {
      value_info *info = info_of(plan, coco_operation_operand(operation, j));
      if (info && ++info->slot == info->readers) --alive;
    }
    for (uint32_t j = 0; j < operation->result_count; ++j) {
      const value_info *info = info_of(plan, coco_operation_result(operation, j));
      alive += info && info->readers > 0;
    }
    if (alive > most) most = alive;
  }
  return most;
}

static void try_way(planner *plan, const step *at, uint32_t parent, uint16_t number) {
  const coco_schedule_choice *choice = &at->choices[number];
  coco_operation *operation = reader_of(at->operation, choice);
  state *made = &plan->next[plan->next_count++];
  memcpy(made->forms, plan->now[parent].forms, plan->slots_used);
  made->cycles = plan->now[parent].cycles + choice->cycles;
  made->parent = parent;
  made->choice = number;
  for (uint32_t i = 0; i < operation->operand_count; ++i)
    made->cycles += read_operand(plan, operation, choice, i, made->forms);
}

/* What OTHER would have to pay to have all forms that STATE has. */
static double turning_cycles(const planner *plan, const state *other, const state *of, double limit) {
  double sum = 0;
  for (size_t slot = 0; slot < plan->slots_used && sum <= limit; ++slot) {
    uint8_t lacking = of->forms[slot] & (uint8_t)~other->forms[slot];
    if (!lacking || !plan->slots[slot]) continue;
    for (int form = 0; form < COCO_FORMS; ++form) {
      if (lacking & bit((coco_schedule_form)form))
        sum += making_cycles(plan, plan->slots[slot]->value, other->forms[slot], (coco_schedule_form)form);
    }
  }
  return sum;
}

static bool is_dominated(const planner *plan, const state *of, size_t kept) {
  for (size_t i = 0; i < kept && i < WITNESSES; ++i) {
    double room = of->cycles - plan->now[i].cycles;
    if (room >= 0 && turning_cycles(plan, &plan->now[i], of, room) <= room) return true;
  }
  return false;
}

static void look_ahead(const planner *plan, state *of) {
  of->outlook = of->cycles;
  for (size_t slot = 0; slot < plan->slots_used; ++slot) {
    if (!plan->slots[slot]) continue;
    double least = -1;
    for (int form = 0; form < COCO_FORMS; ++form) {
      if (!(of->forms[slot] & bit((coco_schedule_form)form))) continue;
      double ahead = plan->slots[slot]->ahead[form];
      if (least < 0 || ahead < least) least = ahead;
    }
    if (least > 0) of->outlook += least;
  }
}

/* Cheapest first; of equals, the one that was found first. */
static void sort_states(state *states, size_t count) {
  for (size_t gap = count / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11) {
    for (size_t i = gap; i < count; ++i) {
      state moved = states[i];
      size_t j = i;
      for (; j >= gap; j -= gap) {
        const state *before = &states[j - gap];
        bool later =
            before->outlook > moved.outlook ||
            (before->outlook == moved.outlook &&
             (before->parent > moved.parent || (before->parent == moved.parent && before->choice > moved.choice)));
        if (!later) break;
        states[j] = states[j - gap];
      }
      states[j] = moved;
    }
  }
}

/* The values that nobody reads any more go, the results come. */
static void change_alive(planner *plan, const step *at) {
  coco_operation *operation = at->operation;
  for (uint32_t i = 0; i < operation->operand_count; ++i) {
    value_info *info = info_of(plan, coco_operation_operand(operation, i));
    if (!info || --info->readers > 0) continue;
    for (size_t j = 0; j < plan->next_count; ++j) plan->next[j].forms[info->slot] = 0;
    plan->slots[info->slot] = NULL;
  }
  for (uint32_t i = 0; i < operation->result_count; ++i) {
    value_info *info = info_of(plan, coco_operation_result(operation, i));
    if (!info || info->readers == 0) continue;
    enter(plan, info);
    for (size_t j = 0; j < plan->next_count; ++j) {
      state *made = &plan->next[j];
      made->forms[info->slot] =
          bit(info->fixed ? coco_schedule_form_of(info->value->type) : at->choices[made->choice].output);
    }
  }
}

static coco_status take_step(planner *plan, step *at) {
  plan->next_count = 0;
  for (uint32_t i = 0; i < plan->now_count; ++i) {
    for (uint16_t j = 0; j < at->choice_count; ++j) try_way(plan, at, i, j);
  }
  change_alive(plan, at);
  for (size_t i = 0; i < plan->next_count; ++i) look_ahead(plan, &plan->next[i]);
  sort_states(plan->next, plan->next_count);
  at->kept = coco_arena_allocate(plan->arena, BEAM * sizeof *at->kept);
  if (!at->kept) return COCO_OUT_OF_MEMORY;
  plan->now_count = 0;
  for (size_t i = 0; i < plan->next_count && plan->now_count < BEAM; ++i) {
    if (is_dominated(plan, &plan->next[i], plan->now_count)) continue;
    state *to = &plan->now[plan->now_count];
    at->kept[plan->now_count].parent = plan->next[i].parent;
    at->kept[plan->now_count].choice = plan->next[i].choice;
    to->cycles = plan->next[i].cycles;
    memcpy(to->forms, plan->next[i].forms, plan->slots_used);
    ++plan->now_count;
  }
  return COCO_OK;
}

static coco_status solve(planner *plan, const coco_block *block) {
  COCO_TRY(allocate_states(plan, most_alive(plan, block)));
  plan->now_count = 1;
  for (uint32_t i = 0; i < block->argument_count; ++i) {
    value_info *info = info_of(plan, block->arguments[i]);
    if (!info || info->readers == 0) continue;
    enter(plan, info);
    plan->now[0].forms[info->slot] = bit(coco_schedule_form_of(info->value->type));
  }
  for (size_t i = 0; i < plan->step_count; ++i) COCO_TRY(take_step(plan, &plan->steps[i]));
  return COCO_OK;
}

/* ---- The plan ---- */

static coco_status take_best(planner *plan, coco_schedule_plan *out) {
  uint32_t at = 0;
  out->cycles = plan->now[0].cycles;
  for (size_t i = plan->step_count; i-- > 0;) {
    step *made = &plan->steps[i];
    COCO_TRY(coco_pointer_map_set(&out->choices, made->operation, &made->choices[made->kept[at].choice]));
    at = made->kept[at].parent;
  }
  for (size_t i = 0; i < out->pairs.count; ++i)
    out->pairs.items[i].taken = coco_pointer_map_get(&out->choices, out->pairs.items[i].layer);
  return COCO_OK;
}

coco_status coco_schedule_plan_make(coco_block *block, const coco_schedule_freedom *freedom, coco_schedule_plan *out) {
  const coco_allocator *allocator = coco_context_allocator(block->region->owner->context);
  *out = (coco_schedule_plan){.arena.allocator = allocator, .choices.allocator = allocator};
  planner plan = {.freedom = freedom, .figures = &freedom->figures, .arena = &out->arena, .infos.allocator = allocator};
  coco_status status = make_steps(&plan, block, out);
  if (status == COCO_OK) status = solve(&plan, block);
  if (status == COCO_OK) status = take_best(&plan, out);
  coco_pointer_map_free(&plan.infos);
  if (status != COCO_OK) coco_schedule_plan_free(out);
  return status;
}

void coco_schedule_plan_free(coco_schedule_plan *plan) {
  for (size_t i = 0; i < plan->pairs.count; ++i)
    if (plan->pairs.items[i].dense) coco_schedule_dense_erase(plan->pairs.items[i].dense);
  coco_vector_free(plan->choices.allocator, &plan->pairs);
  coco_pointer_map_free(&plan->choices);
  coco_arena_destroy(&plan->arena);
}
