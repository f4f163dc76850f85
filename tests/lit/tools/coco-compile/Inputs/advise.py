"""Compares the advice of --advise=json with the report of coco-prune, which did one of its ways."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    advice = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    line = next(line for line in file if line.startswith("block8.conv1 ")).split()
weights, kept = int(line[-5]), int(line[-4])
rows = [row for row in advice["rows"] if row["layers"]]
print(advice["target"], advice["variant"], advice["measured"])
print(f"{len(advice['network'])} ways, {sum(len(row['layers']) for row in rows)} layers with weights")
row = next(row for row in rows if row["layers"] == ["block8.conv1"])
cell = next(cell for cell in row["ways"] if cell["way"] == "patterns + connectivity 3.6x")
print("block8.conv1: what is left", "agrees" if abs(cell["multiplications_left"] - kept / weights) < 1e-6 else "differs")
