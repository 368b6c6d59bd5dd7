const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * The labels of the ticks of one axis: equally many decimals on a linear axis, each in its own on a logarithmic one,
 * and powers of ten where plain numbers would be long.
 *
 * @param values The ticks.
 * @param log Whether the axis is logarithmic.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatTicks([-0.5, 0, 1], false), ["−0.5", "0.0", "1.0"]);
 * assertEquals(formatTicks([0.1, 5, 60000], true), ["0.1", "5", "60,000"]);
 * assertEquals(formatTicks([1e-6, 2e-6], true), ["10⁻⁶", "2×10⁻⁶"]);
 * ```
 */
export function formatTicks(values: readonly number[], log: boolean): string[] {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  if (Math.max(0, ...sizes) >= 1e6 || Math.min(...sizes) < 1e-4) return values.map(formatPower);
  const decimals = values.map((value) => String(tidy(value)).split(".")[1]?.length ?? 0);
  const most = Math.max(0, ...decimals);
  return values.map((value, i) => formatPlain(value, log ? decimals[i]! : most));
}

/** Without the noise of the last digits. */
function tidy(value: number): number {
  return Number(value.toPrecision(10));
}

function formatPlain(value: number, decimals: number): string {
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  return (value < 0 ? "−" : "") + (fraction === undefined ? grouped : `${grouped}.${fraction}`);
}

function formatPower(value: number): string {
  if (value === 0) return "0";
  const [mantissa, exponent] = tidy(value).toExponential().split("e");
  const power = "10" +
    exponent!.replace("+", "").replace("-", "⁻").replace(/\d/g, (digit) => superscripts[Number(digit)]!);
  const factor = mantissa!.replace("-", "−");
  return factor === "1" ? power : factor === "−1" ? `−${power}` : `${factor}×${power}`;
}
