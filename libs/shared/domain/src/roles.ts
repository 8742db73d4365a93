import { z } from 'zod';

/** What a key may do, weakest first. Each role includes those before it. */
export const roles = ['viewer', 'runner', 'editor', 'admin'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const roleIncludes = (held: Role, needed: Role): boolean => roles.indexOf(held) >= roles.indexOf(needed);

/**
 * What an endpoint asks for: a role; `public` for the few that need no key; `service` for those that only
 * the other services of the same installation may call (they share a token derived from WEIGHBRIDGE_SECRET_KEY).
 */
export type EndpointRole = Role | 'public' | 'service';
