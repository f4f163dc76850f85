"""A pruning tool that knows nothing of CoCo: puts zeros into the weights of an ONNX file, and leaves no other trace.

What stays is three times as large as before, since a ninth stays: without that hardly anything of an image would
reach the outputs of an untrained network, and nothing could be wrong there."""
import json
import struct

SHAPES = [(1, 3, 4, 5), (3, 4, 6, 7), (1, 4, 5, 8), (0, 1, 3, 4)]  # positions of a 3x3 kernel that stay


def kept(filter_number, channel, channels, positions):
    """The positions of one kernel that stay."""
    if channels > 1 and (7 * filter_number + 3 * channel) % 4:
        return ()
    return range(positions) if positions != 9 else SHAPES[(filter_number + channel // 4) % len(SHAPES)]


def prune(model, weights, result):
    """Writes MODEL with zeros to RESULT. WEIGHTS is a safetensors file of the same weights, by which their bytes are
    found. Convolutions of three channels, the first, stay. Returns how many weights became zeros."""
    with open(model, "rb") as file:
        data = bytearray(file.read())
    with open(weights, "rb") as file:
        whole = file.read()
    size = struct.unpack("<Q", whole[:8])[0]
    tensors, base, zeros = json.loads(whole[8 : 8 + size]), 8 + size, 0
    for name, tensor in tensors.items():
        shape = tensor.get("shape", [])
        if name == "__metadata__" or len(shape) != 4 or shape[1] == 3:
            continue
        begin, end = tensor["data_offsets"]
        place = data.find(whole[base + begin : base + end])
        if place < 0:
            raise ValueError(f"{name}: its bytes are not in the model")
        positions = shape[2] * shape[3]
        for number in range(shape[0] * shape[1]):
            stay = kept(*divmod(number, shape[1]), shape[1], positions)
            first = place + 4 * number * positions
            kernel = struct.unpack_from(f"<{positions}f", data, first)
            pruned = [3 * value if position in stay else 0 for position, value in enumerate(kernel)]
            struct.pack_into(f"<{positions}f", data, first, *pruned)
            zeros += pruned.count(0)
    with open(result, "wb") as file:
        file.write(data)
    return zeros
