# A zsh within a zsh; the word that it must print is not the one that is typed.
zmodload zsh/zpty
zpty inner "PATH=$PREFIX/bin:$PATH TERM=dumb zsh -f -i"
zpty -w inner "fpath=($PREFIX/share/zsh/site-functions \$fpath); autoload -Uz compinit; compinit -u -D; print rea''dy"
zpty -r -m inner line '*ready*'
zpty -w -n inner $'coco-opt --canonica\t'
zpty -r -m inner line '*canonicalize*' && print -r -- "completed to canonicalize"
zpty -d inner
