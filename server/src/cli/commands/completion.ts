import type { Cli } from '../cli.ts';
import { EXIT } from '../exit.ts';

/** `completion`: the script that lets a shell complete; all it does is to ask `gpuctl __complete`. */
export async function completion(cli: Cli, [shell = '']: string[]): Promise<number> {
  await cli.out.write(SCRIPTS[shell] ?? '');
  return EXIT.ok;
}

const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `# source <(gpuctl completion bash)
_gpuctl() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ "$line" == :files ]]; then compopt -o default 2>/dev/null; return; fi
    COMPREPLY+=("$line")
  done < <("\${COMP_WORDS[0]}" __complete --line "\${COMP_LINE:0:COMP_POINT}" --breaks "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -F _gpuctl gpuctl
`,
  zsh: `#compdef gpuctl
# source <(gpuctl completion zsh), or as a file _gpuctl in a folder of $fpath
_gpuctl() {
  local line value
  local -a found
  for line in "\${(@f)$("\${(Q)words[1]}" __complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ "$line" == :files ]]; then
      [[ "$PREFIX" == --*=* ]] && compset -P '*='
      _files
      return
    fi
    value="\${line%%$'\\t'*}"
    [[ -n "$value" ]] && found+=("\${value//:/\\\\:}\${line#$value}")
  done
  found=("\${(@)found/$'\\t'/:}")
  (( \${#found} )) && _describe gpuctl found
}
compdef _gpuctl gpuctl
if [[ "$funcstack[1]" == _gpuctl ]]; then _gpuctl "$@"; fi
`,
  fish: `# gpuctl completion fish | source
function __gpuctl_complete
  set -l typed (commandline -ct)
  set -l words (commandline -opc) $typed
  for line in ($words[1] __complete -- $words[2..-1] 2>/dev/null)
    if test "$line" = ":files"
      set -l option (string match -r -- '^--[^=]*=' "$typed")
      for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$typed"))
        echo "$option$path"
      end
    else
      echo $line
    end
  end
end
complete -c gpuctl -f -a '(__gpuctl_complete)'
`,
  powershell: `# gpuctl completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName gpuctl -ScriptBlock {
  param($word, $ast, $at)
  $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object {
    if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.ToString() }
  })
  if ($word -eq '') { $words += ' ' }
  & gpuctl __complete '--' @words 2>$null | Where-Object { $_ -ne ':files' } | ForEach-Object {
    $value, $about = $_ -split "\\t", 2
    if ($value.StartsWith($word)) {
      $text = if ($value -match '[^\\w%+=:,./-]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
      [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $(if ($about) { $about } else { $value }))
    }
  }
}
`,
};
