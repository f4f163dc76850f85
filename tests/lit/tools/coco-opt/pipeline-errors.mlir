// Mistakes in a pipeline show the whole text, where, and what may have been meant.
// RUN: not coco-opt %s -p 'builtin.module(func.func(cse,canonicalise))' 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not coco-opt %s -p 'builtin.module(canonicalize{max-iteration=3})' 2>&1 | FileCheck %s --check-prefix=OPTION
// RUN: not coco-opt %s -p 'builtin.module(canonicalize{max-iterations=many})' 2>&1 | FileCheck %s --check-prefix=VALUE
// RUN: not coco-opt %s -p 'builtin.module(cse' 2>&1 | FileCheck %s --check-prefix=CLOSED
// RUN: not coco-opt %s --cze 2>&1 | FileCheck %s --check-prefix=FLAG
// RUN: not coco-opt %s --cse -p cse 2>&1 | FileCheck %s --check-prefix=BOTH

// RUN: not coco-opt %s -p 'builtin.module(cse;)' 2>&1 | FileCheck %s --check-prefix=SEPARATOR
// RUN: not coco-opt %s -p 'builtin.module(canonicalize{=3})' 2>&1 | FileCheck %s --check-prefix=UNNAMED
// RUN: not coco-opt %s -p 'builtin.module(canonicalize{top-down=maybe})' 2>&1 | FileCheck %s --check-prefix=BOOL
// RUN: not coco-opt %s -p 'builtin.module(scf-loop-tile{tile-sizes=a})' 2>&1 | FileCheck %s --check-prefix=LIST
// RUN: not coco-opt %s -p 'builtin.module(inline{max-iterations=-1})' 2>&1 | FileCheck %s --check-prefix=COUNT
// RUN: not coco-opt %s -p "builtin.module(lr-schedule{fp=[\"a 'b\"]})" 2>&1 | FileCheck %s --check-prefix=QUOTES

// SEPARATOR: <pass-pipeline>:1:19: error: expected ',' or ')'
// UNNAMED: <pass-pipeline>:1:29: error: expected the name of an option or '}'
// BOOL: <pass-pipeline>:1:38: error: option 'top-down' takes true or false, not 'maybe'
// COUNT: <pass-pipeline>:1:38: error: option 'max-iterations' takes an integer that is not negative, not '-1'
// QUOTES: <pass-pipeline>:1:31: error: a value cannot hold both kinds of quotes
// LIST: <pass-pipeline>:1:41: error: option 'tile-sizes' takes a list of integers, not 'a'
// NAME: <pass-pipeline>:1:30: error: 'canonicalise' does not refer to a registered pass or pass pipeline; did you mean 'canonicalize'?
// NAME-NEXT: {{^}}builtin.module(func.func(cse,canonicalise))
// NAME-NEXT: {{^}}                             ^
// OPTION: <pass-pipeline>:1:29: error: 'max-iteration' is no option of this pass; did you mean 'max-iterations'?
// VALUE: <pass-pipeline>:1:44: error: option 'max-iterations' takes an integer, not 'many'
// CLOSED: <pass-pipeline>:1:15: error: this '(' is never closed
// FLAG: coco-opt: unknown option '--cze'; did you mean '--cse'?
// BOTH: coco-opt: passes are given either by --pass-pipeline or as flags, not both
// Options for a pipeline that has none, and a pass on an anchor that it is not for, are mistakes too.
// RUN: not coco-opt %s --graph-optimize=foo 2>&1 | FileCheck %s --check-prefix=NAMED
// RUN: not coco-opt %s -p 'builtin.module(func.func(graph-fuse))' 2>&1 | FileCheck %s --check-prefix=ANCHOR
// NAMED: <pass-pipeline>:1:15: error: a named pipeline takes no options
// NAMED-NEXT: {{^}}graph-optimize{foo}
// ANCHOR: <pass-pipeline>:1:26: error: pass 'graph-fuse' runs on 'builtin.module', not on 'func.func'; did you mean 'builtin.module(graph-fuse)'?
// So is a named pipeline whose passes are not for the anchor that was written.
// RUN: not coco-opt %s -p 'func.func(cse,graph-optimize)' 2>&1 | FileCheck %s --check-prefix=INSIDE
// RUN: coco-opt %s -p 'builtin.module(lower-to-loops)' --dump-pass-pipeline 2>&1 | FileCheck %s --check-prefix=OUTSIDE
// INSIDE: <pass-pipeline>:1:15: error: pass 'graph-optimize' runs on 'builtin.module', not on 'func.func'; did you mean 'builtin.module(graph-optimize)'?
// INSIDE-NEXT: {{^}}func.func(cse,graph-optimize)
// OUTSIDE: builtin.module(lr-to-loops,
