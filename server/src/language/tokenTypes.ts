/** Token types of ours, in the order of the legend; the manifest gives each a colour of the theme. */
export const TOKEN_TYPES = ['gpuctlJob', 'gpuctlPool', 'gpuctlImage', 'gpuctlQuantity', 'gpuctlGpuType'] as const;
