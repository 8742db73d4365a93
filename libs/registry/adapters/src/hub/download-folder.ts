/** Where a download of a commit lands in the model folder: `owner--name--commit`. Another commit lands elsewhere, so what a version names stays as it was. */
export const downloadFolder = (repo: string, commit: string): string => `${repo.replace('/', '--')}--${commit.slice(0, 12)}`;

/** The same weights in another format, and what only training needs: not fetched unless they are named. */
const repeated = /\.(bin|pt|pth|h5|msgpack|ot|tflite|onnx|onnx_data|ckpt|mlmodel)$|^(original|onnx|openvino|coreml|runs|\.cache)\//i;

/** Which files of a repository a download fetches when nobody names them. Pickles only where there is nothing better. */
export function wantedFiles<T extends { readonly name: string }>(files: readonly T[]): T[] {
  const better = files.some(({ name }) => /\.(safetensors|gguf)$/i.test(name) && !name.includes('/'));
  return files.filter(({ name }) => name !== '.gitattributes' && !(better && repeated.test(name)));
}
