/** The Chinese of what is said of one capture, as it is shipped. */
import { type Catalogue, catalogueOf } from '../words/catalogue.ts'
import { said } from '../words/zh/said.ts'

export const made: Catalogue = catalogueOf(said)
