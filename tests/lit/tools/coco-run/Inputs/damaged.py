"""damaged.py FOLDER: writes files of tensors and pictures that are damaged, or that cannot be read."""
import os
import struct
import sys
import zlib

folder = sys.argv[1]


def write(name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def npy(header="{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", data=bytes(8), version=1, size=None):
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H", len(header) if size is None else size) + header.encode() + data


write("short.npy", npy()[:11])
write("version.npy", npy(version=9))
write("past.npy", npy(size=60000))
write("header.npy", npy("{'descr': '<f4', 'shape': (2,), }"))
write("type.npy", npy("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }"))
write("bytes.npy", npy(data=bytes(7)))


def npz(name=b"x.npy", data=npy(), flags=0, method=0, checksum=None, size=None, packed=None, record=b"PK\x01\x02", disk=0, start=None, offset=0):
    numbers = struct.pack("<5H", 20, flags, method, 0, 33) + struct.pack(
        "<3I2H", zlib.crc32(data) if checksum is None else checksum, len(data) if packed is None else packed, len(data) if size is None else size,
        len(name), 0)
    entries = b"PK\x03\x04" + numbers + name + data
    directory = record + struct.pack("<H", 20) + numbers + bytes(10) + struct.pack("<I", offset) + name
    return entries + directory + b"PK\x05\x06" + struct.pack("<4H2IH", disk, 0, 1, 1, len(directory), len(entries) if start is None else start, 0)


write("right.npz", npz())
write("disk.npz", npz(disk=1))
write("start.npz", npz(start=1 << 20))
write("record.npz", npz(record=b"PK\x01\x03"))
write("encrypted.npz", npz(flags=1))
write("method.npz", npz(method=12))
write("name.npz", npz(name=b"x.txt"))
write("past.npz", npz(packed=1 << 20))
write("checksum.npz", npz(checksum=1))
write("claim.npz", npz(method=8, size=1 << 30))


def bmp(size=40, width=2, height=2, bits=24, compression=0, pixels=bytes(16)):
    return b"BM" + struct.pack("<IIIIiiHHIIIIII", 0, 0, 54, size, width, height, 1, bits, compression, 0, 0, 0, 0, 0) + pixels


write("old.bmp", bmp(size=12))
write("bits.bmp", bmp(bits=8))
write("short.bmp", bmp(pixels=bytes(15)))
write("empty.bmp", bmp(width=0))
