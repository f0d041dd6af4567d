/** What a property may be called. */
import type { TcpProperty } from './property.ts'
import { slugs } from './slugs.ts'

/** Its id and, of a numbered one, what it is about. */
export const namesOf = ({ id }: TcpProperty): readonly string[] => [id, ...(slugs[id] === undefined ? [] : [slugs[id]])]
