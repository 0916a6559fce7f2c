/** Souls in one place: what one is, presets, how it sounds, and the household's file of them. */
export { describeSoul } from './souls/describe.ts';
export {
  exportUsers,
  HouseholdFileError,
  type HouseholdFileUser,
  importUsers,
} from './souls/household-file.ts';
export { soulPresets } from './souls/presets.ts';
export { soulPreview } from './souls/preview.ts';
export {
  defaultSoul,
  formalities,
  humors,
  mergeSoul,
  type Soul,
  SoulError,
  type SoulPatch,
  soulPatchSchema,
  soulSchema,
  storedSoul,
  verbosities,
} from './souls/soul.ts';
export { knownVoices } from './souls/voices.ts';
