/** One HTTP exchange: rejects when no reply came. Tests and fault schedules bring their own. */
export type Transport = (request: Request) => Promise<Response>;
