import { DataError } from "../../errors.ts";

/** A server that could not be reached or refused: nothing arrived, so there is nothing damaged. */
export class UnreachableError extends DataError {}
