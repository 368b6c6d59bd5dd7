import { assertAlmostEquals, assertEquals } from "@std/assert";
import "@tensorflow/tfjs-backend-cpu";
import { setBackend, type Tensor4D, tensor4d } from "@tensorflow/tfjs-core";
import { startBackend } from "../compute/tfjs/start_backend.ts";
import { decodeImage } from "../data/readers/images/decode_image.ts";
import { readNpy } from "../data/readers/npy/read_npy.ts";
import { filesAtHand } from "../pretrained/files_at_hand.ts";
import { networkInput } from "../pretrained/input.ts";
import { inputOf, runLayers } from "../pretrained/run_layers.ts";
import { networks } from "../pretrained/sources/load_network.ts";
import { classActivationMap, gradCam } from "./class_maps.ts";
import { tinyNetwork } from "./test_network.ts";

const { context, skipped } = await filesAtHand(Deno.env.get("REPRODUCE_DATA"), ["cnn", "images"]);

for (const [id, network] of Object.entries(networks)) {
  Deno.test({
    name: `gradCam() gives the maps of an independent implementation for ${network.title}${skipped}`,
    ignore: context === undefined,
    async fn(t) {
      const backend = await startBackend({ threads: 1 });
      const loaded = await network.load(context!);
      const name = "chelsea.png";
      const image = decodeImage(await context!.read({ dataset: "images", name }), name);
      const { side } = network.input;
      const x = tensor4d(networkInput(image, network.input), [1, side, side, 3]);
      for (
        const [kind, layer] of [["pre", network.lastStage.before], ["post", network.lastStage.after]] as const
      ) {
        await t.step(kind, () => {
          const [activation] = runLayers(loaded, { [inputOf(loaded)]: x }, [layer]) as Tensor4D[];
          const { height, width, values } = gradCam(loaded, layer, activation!, 285);
          const file = new URL(`./testdata/chelsea_${id}_gradcam_${kind}.npy`, import.meta.url);
          const { shape, data } = readNpy(Deno.readFileSync(file));
          assertEquals([height, width], [...shape]);
          const wanted = Array.from(data as Float64Array);
          const most = Math.max(...wanted.map(Math.abs));
          values.forEach((value, i) => assertAlmostEquals(value, wanted[i]!, 1e-5 * most));
        });
      }
      backend.dispose();
    },
  });
}

Deno.test("gradCam() of a mean and a linear layer is the class activation map over the number of places", async () => {
  await setBackend("cpu");
  const network = tinyNetwork(9, 8);
  const x = tensor4d(Float32Array.from({ length: 9 * 8 * 3 }, (_, i) => Math.sin(i)), [1, 9, 8, 3]);
  const [after] = runLayers(network, { [inputOf(network)]: x }, ["relu2"]) as Tensor4D[];
  const map = gradCam(network, "relu2", after!, 1);
  const cam = classActivationMap(network, "classes", after!, 1);
  const places = map.height * map.width;
  map.values.forEach((value, i) => assertAlmostEquals(value, cam.values[i]! / places, 1e-6));
});
