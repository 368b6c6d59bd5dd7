// Entry of the kernel that trains toy transformers: four networks side by side, one in each lane of a vector.

export { addToyGradients } from "./toy";
