//! stub
use super::*;
#[derive(Debug)] pub(super) struct S;
pub(super) static SOURCE: S = S;
impl Source for S { fn id(&self)->&'static str{"rejoinder"} fn summary(&self)->&'static str{""} fn reads(&self)->&'static [Feature]{&[]} fn detect(&self,_:&[u8])->bool{false} fn threads<'a>(&self,_:Box<dyn BufRead + 'a>)->Threads<'a>{Box::new(std::iter::empty())} }
