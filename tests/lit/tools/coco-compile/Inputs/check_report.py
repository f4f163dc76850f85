# Checks a report of coco-compile: JSON for what its numbers must obey, HTML for being well-formed and whole. Prints what
# the test looks at.
import json
import sys
import xml.etree.ElementTree as tree

SVG = "{http://www.w3.org/2000/svg}"


def check_memory(variant):
    buffers = variant["memory"]["buffers"]
    for i, one in enumerate(buffers):
        assert one["offset"] % variant["memory"]["alignment"] == 0
        assert one["offset"] + one["bytes"] <= variant["memory"]["arena_bytes"]
        assert 1 <= one["first_layer"] <= one["last_layer"] <= len(variant["layers"])
        for other in buffers[:i]:
            apart_in_time = one["first_layer"] > other["last_layer"] or other["first_layer"] > one["last_layer"]
            apart_in_space = (one["offset"] >= other["offset"] + other["bytes"]
                              or other["offset"] >= one["offset"] + one["bytes"])
            assert apart_in_time or apart_in_space, (one, other)


def check_layers(variant):
    for number, layer in enumerate(variant["layers"], 1):
        assert layer["layer"] == number
        for source in layer["reads"]:
            assert source.get("layer", 0) < number and source.get("input", 1) <= len(variant["inputs"])
        assert ("ms" in layer) == ("measured_runs" in variant and layer["runs"])
        assert layer["weights_kept"] <= layer["weights_dense"]
        if "masks" in layer:
            masks = variant["mask_sets"][layer["masks"]["set"] - 1]
            assert len(layer["masks"]["uses"]) == len(masks["masks"])
            if masks["of"] == "kernels":
                kept = sum(n * mask.count("1") for n, mask in zip(layer["masks"]["uses"], masks["masks"]))
                assert kept == layer["weights_kept"]
    for output in variant["outputs"]:
        assert variant["layers"][output["layer"] - 1]["memory"]["place"] == "output"


def show_json(path):
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    assert (report["format"], report["version"]) == ("coco-report", 1)
    for variant in report["variants"]:
        check_layers(variant)
        check_memory(variant)
        print("variant", variant["name"], "layers", len(variant["layers"]))
        if "measured_runs" in variant:
            assert variant["ms"] > 0 and all(layer.get("ms", 0) >= 0 for layer in variant["layers"])
            print("runs", variant["measured_runs"])
        for layer in variant["layers"]:
            print(layer["layer"], ascii(layer["name"]), layer["operation"], layer["storage"] or "-",
                  "x".join(map(str, layer["shape"])), layer["multiplications"], layer["dense_multiplications"])
            for choice in layer.get("choices", []):
                assert choice["dense_ms"] >= 0 and choice["sparse_ms"] >= 0 and choice["reason"]
                print("choice", choice["taken"], "measured" if choice["measured"] else "model")
        for masks in variant["mask_sets"]:
            print("set", masks["set"], masks["of"], masks["kernel"], *masks["masks"])


def check_boxes(page):
    boxes = [[float(rect.get(key)) for key in ("x", "y", "width", "height")] for rect in page.iter(SVG + "rect")
             if rect.get("class") != "k" and rect.get("rx")]
    for i, (x, y, width, height) in enumerate(boxes):
        for left, top, _, _ in boxes[:i]:
            assert abs(x - left) >= width - 1 or abs(y - top) >= height - 1, "boxes of the graph overlap"


def show_html(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    page = tree.fromstring(text.removeprefix("<!DOCTYPE html>\n"))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), "an id occurs twice"
    for element in page.iter():
        name = element.tag.split("}")[-1]
        assert name not in ("script", "link", "img", "iframe", "object"), name
        for key, value in element.attrib.items():
            assert not key.startswith("on") and key != "src", key
            if key == "href":
                assert value.startswith("#") and value[1:] in ids, value
    check_boxes(page)
    print("well-formed:", ", ".join(element.get("id") for element in page.iter("h2")))
    for cell in page.iter("bdi"):
        print("name", ascii(cell.text))


(show_json if sys.argv[1].endswith(".json") else show_html)(sys.argv[1])
