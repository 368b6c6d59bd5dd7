/** Tokens of a window, T: the sink rule takes keys with T/4 later queries at least, here 64. */
export const length = 256;
