/** Texts of which every report needs one: without any, no report may come of a log. */
export const opening =
  /invoked oom-killer|oom-killer: gfp_mask|Kill(?:ed)? process|kill process|oom-kill:|Mem-[Ii]nfo:|\[ *pid *\]|^(?:<\d>)?\[[^\]]*\] \[ *\d+\] |Tasks state|Memory cgroup stats|: usage \d|Task in |active_anon:| free:|\*\d+kB/;
