/**
 * A lint rule of this project: what computes a number takes its inputs from its parameters alone.
 *
 * @module
 */

/** Folders whose results must depend on nothing hidden. */
const pure =
  /\/(reproductions|src\/(classify|compute|data\/(readers|stand_ins)|nn|numeric|pretrained|scattering|suite\/golden|transformers))\//;

/** V8 hands these to the C library: docs/determinism.md. */
const byTheLibrary =
  "its last bit is the C library's and the processor's, use power() of src/numeric/linalg/power.ts, or exp";

const hidden = new Map([
  ["Math.random", "sample from context.rng(label, seed)"],
  ["Date.now", "a result must not depend on the clock"],
  ["performance.now", "a result must not depend on the clock"],
  ["Deno.env", "a result must not depend on the environment"],
  ["process.env", "a result must not depend on the environment"],
  ["Math.pow", byTheLibrary],
  ["Math.tanh", byTheLibrary],
]);

const plugin: Deno.lint.Plugin = {
  name: "reproduce",
  rules: {
    "no-hidden-input": {
      create(context) {
        if (!pure.test(context.filename) || context.filename.endsWith("_test.ts")) return {};
        return {
          BinaryExpression(node) {
            if (node.operator === "**" && !isSamePower(node.left, node.right)) {
              context.report({ node, message: `** is a hidden input: ${byTheLibrary}` });
            }
          },
          MemberExpression(node) {
            if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
            const name = `${node.object.name}.${node.property.name}`;
            const advice = hidden.get(name);
            if (advice !== undefined) {
              context.report({ node, message: `${name} is a hidden input: ${advice}` });
            }
          },
        };
      },
    },
  },
};

/** Whether a power is V8's own (the exponents 2 and 0.5), or of a power of two, which every library gives exactly. */
function isSamePower(
  base: Deno.lint.Expression | Deno.lint.PrivateIdentifier,
  exponent: Deno.lint.Expression,
): boolean {
  const value = (node: { readonly type: string }) =>
    node.type === "Literal" ? (node as Deno.lint.NumberLiteral).value : NaN;
  return [2, 0.5].includes(value(exponent)) || [2, 4, 256].includes(value(base));
}

export default plugin;
