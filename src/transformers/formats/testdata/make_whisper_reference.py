"""Whisper tiny in float64 by numpy, from the published int8 ONNX files: writes whisper_reference.json.

python3 make_whisper_reference.py FOLDER   (config.json, vocab.json, merges.txt, ... of Xenova/whisper-tiny)

Shares no code with this project: its own reader of protocol buffers, its own byte-pair encoding, its own arithmetic.
"""
import json
import os
import re
import sys

import numpy as np
from scipy.special import erf

folder = sys.argv[1]


def path(name):
    for place in (name, "onnx/" + name):
        if os.path.exists(os.path.join(folder, place)):
            return os.path.join(folder, place)
    raise SystemExit(f"{name} is not in {folder}")


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data):
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, at = varint(data, at)
        elif kind == 2:
            length, at = varint(data, at)
            value, at = data[at:at + length], at + length
        else:
            size = 8 if kind == 1 else 4
            value, at = data[at:at + size], at + size
        yield number, value


def tensor(data):
    shape, kind, name, raw, floats, ints = [], None, "", None, None, []
    for number, value in fields(data):
        if number == 1:
            if isinstance(value, int):
                shape.append(value)
            else:
                at = 0
                while at < len(value):
                    one, at = varint(value, at)
                    shape.append(one)
        elif number == 2:
            kind = value
        elif number == 4:
            floats = np.frombuffer(bytes(value), "<f4")
        elif number in (5, 7):
            if isinstance(value, int):
                ints.append(value)
            else:
                at = 0
                while at < len(value):
                    one, at = varint(value, at)
                    ints.append(one)
        elif number == 8:
            name = bytes(value).decode()
        elif number == 9:
            raw = bytes(value)
    types = {1: "<f4", 2: "u1", 3: "i1", 6: "<i4", 7: "<i8"}
    if kind not in types:
        return name, None
    if raw is not None:
        array = np.frombuffer(raw, types[kind])
    elif floats is not None:
        array = floats
    else:
        array = np.array(ints, dtype="uint64").astype(types[kind])
    return name, array.reshape(shape)


def graph(data, tensors, nodes):
    for number, value in fields(data):
        if number == 5:
            name, array = tensor(value)
            if array is not None:
                tensors[name] = array
        elif number == 1:
            inputs, name = [], ""
            for inner, part in fields(value):
                if inner == 1:
                    inputs.append(bytes(part).decode())
                elif inner == 3:
                    name = bytes(part).decode()
                elif inner == 5:
                    for deep, attribute in fields(part):
                        if deep == 6:
                            graph(attribute, tensors, nodes)
            nodes.append((name, inputs))


def weights(name):
    data = memoryview(open(path(name), "rb").read())
    tensors, nodes = {}, []
    for number, value in fields(data):
        if number == 7:
            graph(value, tensors, nodes)
    places = {}
    for name, inputs in nodes:
        if re.search(r"/MatMul(_quant)?$", name) and len(inputs) > 1:
            places[inputs[1]] = re.sub(r"/MatMul(_quant)?$", "", name).strip("/").replace("/", ".") + ".weight"
    found = {}
    for name, array in tensors.items():
        if name.endswith("_quantized"):
            stem = name[:-len("_quantized")]
            zero, scale = int(tensors[stem + "_zero_point"].ravel()[0]), tensors[stem + "_scale"].ravel()[0]
            array = ((array.astype("int32") - zero).astype("float32") * scale)
        elif array.dtype != np.dtype("<f4"):
            continue
        else:
            stem = name
        called = places.get(name, re.sub(r"_merged_\d+$", "", stem))
        found[called] = array.astype("float64")
    return found


def norm(w, name, x):
    mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    return (x - mean) / np.sqrt(variance + 1e-5) * w[name + ".weight"] + w[name + ".bias"]


def gelu(x):
    return x / 2 * (1 + erf(x / np.sqrt(2)))


def attend(w, at, x, y, heads, causal):
    q = x @ w[at + ".q_proj.weight"] + w[at + ".q_proj.bias"]
    k = y @ w[at + ".k_proj.weight"]
    v = y @ w[at + ".v_proj.weight"] + w[at + ".v_proj.bias"]
    split = lambda m: m.reshape(len(m), heads, -1).transpose(1, 0, 2)
    q, k, v = split(q), split(k), split(v)
    s = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    if causal:
        s = np.where(np.tri(len(x), dtype=bool), s, -np.inf)
    a = np.exp(s - s.max(-1, keepdims=True))
    a /= a.sum(-1, keepdims=True)
    z = (a @ v).transpose(1, 0, 2).reshape(len(x), -1)
    return z @ w[at + ".out_proj.weight"] + w[at + ".out_proj.bias"], a


def feed(w, at, x):
    return gelu(x @ w[at + ".fc1.weight"] + w[at + ".fc1.bias"]) @ w[at + ".fc2.weight"] + w[at + ".fc2.bias"]


def convolve(x, kernel, bias, step):
    padded = np.pad(x, ((0, 0), (1, 1)))
    moments = range(0, x.shape[1], step)
    patches = np.stack([padded[:, m:m + 3].ravel() for m in moments])
    return gelu(patches @ kernel.reshape(len(kernel), -1).T + bias).T


def encode(w, mel, layers, heads):
    x = convolve(convolve(mel, w["conv1.weight"], w["conv1.bias"], 1), w["conv2.weight"], w["conv2.bias"], 2)
    x = x.T + w["embed_positions.weight"]
    for layer in range(layers):
        at = f"layers.{layer}"
        n = norm(w, at + ".self_attn_layer_norm", x)
        x = x + attend(w, at + ".self_attn", n, n, heads, False)[0]
        x = x + feed(w, at, norm(w, at + ".final_layer_norm", x))
    return norm(w, "layer_norm", x)


def decode(w, tokens, heard, layers, heads):
    p = "model.decoder."
    x = w[p + "embed_tokens.weight"][tokens] + w[p + "embed_positions.weight"][:len(tokens)]
    maps = []
    for layer in range(layers):
        at = f"{p}layers.{layer}"
        n = norm(w, at + ".self_attn_layer_norm", x)
        added, a = attend(w, at + ".self_attn", n, n, heads, True)
        maps.append(a)
        x = x + added
        x = x + attend(w, at + ".encoder_attn", norm(w, at + ".encoder_attn_layer_norm", x), heard, heads, False)[0]
        x = x + feed(w, at, norm(w, at + ".final_layer_norm", x))
    x = norm(w, p + "layer_norm", x)
    return x @ w[p + "embed_tokens.weight"].T, np.array(maps)


def byte_pairs(text):
    vocab = json.load(open(path("vocab.json"), encoding="utf8"))
    lines = open(path("merges.txt"), encoding="utf8").read().split("\n")[1:]
    rank = {tuple(line.split(" ")): i for i, line in enumerate(lines) if line}
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {b: chr(b) for b in kept}
    letters.update({b: chr(256 + i) for i, b in enumerate(b for b in range(256) if b not in kept)})
    # Python has no \p{L}: the texts here are ASCII.
    words = re.findall(r"'s|'t|'re|'ve|'m|'ll|'d| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+", text)
    tokens = []
    for word in words:
        parts = [letters[b] for b in word.encode()]
        while len(parts) > 1:
            pairs = [(rank.get(pair, 1e9), i) for i, pair in enumerate(zip(parts, parts[1:]))]
            best, i = min(pairs)
            if best == 1e9:
                break
            parts[i:i + 2] = [parts[i] + parts[i + 1]]
        tokens += [vocab[part] for part in parts]
    return tokens


config = json.load(open(path("config.json")))
added = json.load(open(path("added_tokens.json"), encoding="utf8"))
mel = np.full((config["num_mel_bins"], 2 * config["max_source_positions"]), -1.5)
heard = encode(weights("encoder_model_quantized.onnx"), mel, config["encoder_layers"], config["encoder_attention_heads"])
w = weights("decoder_model_merged_quantized.onnx")
layers, heads = config["decoder_layers"], config["decoder_attention_heads"]
prefix = ["<|startoftranscript|>", "<|en|>", "<|transcribe|>", "<|notimestamps|>"]
text = " The old lighthouse stood at the edge of the cliff, watching the sea."
tokens = [added[t] for t in prefix] + byte_pairs(text)
logits, maps = decode(w, tokens, heard, layers, heads)
greedy, given = list(tokens), len(tokens)
for _ in range(16):
    greedy.append(int(np.argmax(decode(w, greedy, heard, layers, heads)[0][-1, :50257])))
hard = "It's 1,234 o'clock --  isn't it?\n\n\"We'll see,\" they'd said;\tI'm   sure.  "
every = 997
out = {
    "text": text,
    "tokens": tokens,
    "encoder": {"every": every * 10, "states": [float(f"{v:.7g}") for v in heard.ravel()[::every * 10]]},
    "logits": {"every": every, "last": [float(f"{v:.7g}") for v in logits[-1, ::every]],
               "first": [float(f"{v:.7g}") for v in logits[0, ::every]]},
    "attention": [[float(f"{v:.7g}") for v in row] for row in maps[:, :, -1, 0]],
    "greedy": greedy[given:],
    "hard": {"text": hard, "tokens": byte_pairs(hard)},
}
here = os.path.dirname(os.path.abspath(__file__))
json.dump(out, open(os.path.join(here, "whisper_reference.json"), "w"), indent=1)
print(out["greedy"], len(json.dumps(out)))
