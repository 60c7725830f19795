import { describe, expect, it } from '@jest/globals'
import { SUPABASE_OBJECTS, SUPABASE_ROLES } from '../../../../src/database/shadows/schema/supabase-prelude.js'
import { read } from '../../../repository/tree.js'

describe('examples/supabase/prelude.sql', () => {
  it('is what a shadow gets, with its roles', () => {
    const text = read('examples/supabase/prelude.sql')
    expect(text).toContain(SUPABASE_OBJECTS.trim())
    expect(text).toContain(`ARRAY[${SUPABASE_ROLES.map(({ name }) => `'${name}'`).join(', ')}]`)
  })
})
