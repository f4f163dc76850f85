/* Canonicalization patterns of arith: constants of sums, differences and products are joined. Integers wrap around, so
 * that the equations hold for all of them; operations with overflow flags promise more and stay. */
#include "dialects/arith/hooks.h"

#define OF_CONSTANTS " where c constant, d constant"

const coco_pattern coco_arith_patterns[] = {
    COCO_EQUATION("addi-of-addi", "arith.addi(arith.addi(x, c), d) = arith.addi(x, arith.addi(c, d))" OF_CONSTANTS),
    COCO_EQUATION("addi-of-subi", "arith.addi(arith.subi(x, c), d) = arith.addi(x, arith.subi(d, c))" OF_CONSTANTS),
    COCO_EQUATION("addi-of-subi-from", "arith.addi(arith.subi(c, x), d) = arith.subi(arith.addi(c, d), x)" OF_CONSTANTS),
    COCO_EQUATION("subi-of-addi", "arith.subi(arith.addi(x, c), d) = arith.addi(x, arith.subi(c, d))" OF_CONSTANTS),
    COCO_EQUATION("subi-of-subi", "arith.subi(arith.subi(x, c), d) = arith.subi(x, arith.addi(c, d))" OF_CONSTANTS),
    COCO_EQUATION("subi-of-subi-from", "arith.subi(arith.subi(c, x), d) = arith.subi(arith.subi(c, d), x)" OF_CONSTANTS),
    COCO_EQUATION("subi-from-addi", "arith.subi(c, arith.addi(x, d)) = arith.subi(arith.subi(c, d), x)" OF_CONSTANTS),
    COCO_EQUATION("subi-from-subi", "arith.subi(c, arith.subi(x, d)) = arith.subi(arith.addi(c, d), x)" OF_CONSTANTS),
    COCO_EQUATION("subi-from-subi-from", "arith.subi(c, arith.subi(d, x)) = arith.addi(x, arith.subi(c, d))" OF_CONSTANTS),
    COCO_EQUATION("muli-of-muli", "arith.muli(arith.muli(x, c), d) = arith.muli(x, arith.muli(c, d))" OF_CONSTANTS),
    COCO_EQUATION("andi-of-andi", "arith.andi(arith.andi(x, c), d) = arith.andi(x, arith.andi(c, d))" OF_CONSTANTS),
    COCO_EQUATION("ori-of-ori", "arith.ori(arith.ori(x, c), d) = arith.ori(x, arith.ori(c, d))" OF_CONSTANTS),
    COCO_EQUATION("xori-of-xori", "arith.xori(arith.xori(x, c), d) = arith.xori(x, arith.xori(c, d))" OF_CONSTANTS),
    {0},
};
