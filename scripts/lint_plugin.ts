/**
 * A lint rule of this project: what computes a number takes its inputs from its parameters alone.
 *
 * @module
 */

/** Folders whose results must depend on nothing hidden. */
const pure =
  /\/(reproductions|src\/(classify|features|fourier|images|linalg|nn|npy|random|scattering|svm|attention|expressivity|language_models|frames|golden|data\/stand_ins))\//;

const hidden = new Map([
  ["Math.random", "draw from context.rng(label, seed)"],
  ["Date.now", "a result must not depend on the clock"],
  ["performance.now", "a result must not depend on the clock"],
  ["Deno.env", "a result must not depend on the environment"],
  ["process.env", "a result must not depend on the environment"],
]);

const plugin: Deno.lint.Plugin = {
  name: "reproduce",
  rules: {
    "no-hidden-input": {
      create(context) {
        if (!pure.test(context.filename) || context.filename.endsWith("_test.ts")) return {};
        return {
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

export default plugin;
