import { loadDisk } from '../config/load-disk.js'
import { makeConfig } from '../config/make-config.js'
import type { Config } from '../model/config.js'
import type { Inputs } from '../model/inputs.js'
import type { FetchSecrets } from '../model/secret-provider.js'
import { TOOL_VERSION } from '../model/tool-version.js'

/** The configuration of a run on this machine. @throws UserError with everything that is wrong with it */
export function loadConfig(inputs: Inputs): Promise<Config> {
  const disk = loadDisk(TOOL_VERSION, inputs.boundary)
  const fetchSecrets: FetchSecrets = async (request) => {
    const { askSecrets } = await import(/* webpackIgnore: true */ './ask-secrets.js')
    return askSecrets(request, disk.readEvent)
  }
  return makeConfig(inputs, { ...disk, fetchSecrets })
}
