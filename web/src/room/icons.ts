/** The drawings of the room view. */
export {
  Ear as EarIcon,
  Maximize as FullIcon,
  Mic as MicrophoneIcon,
  MicOff as MutedIcon,
  Settings2 as SettingsIcon,
  X as CloseIcon,
} from 'lucide-react';
